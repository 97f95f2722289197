// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.secure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A certificate authority with a folder of stores, made by the JDK's keytool. */
final class Certificates {
  /** Of every store here. */
  static final String PASSWORD = "canary-store-password";

  private static final Base64.Encoder MIME = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private final Path directory;

  /** A new authority. */
  Certificates(Path directory) {
    this.directory = directory;
    keytool(
        "-genkeypair -alias ca -keyalg EC -groupname secp256r1 -validity 10 -ext bc:c",
        "ca.p12",
        "-dname",
        "CN=authority");
    keytool("-exportcert -rfc -alias ca -file " + directory.resolve("ca.pem"), "ca.p12");
    for (String type : List.of("PKCS12", "JKS")) {
      keytool(
          "-importcert -noprompt -alias ca -storetype " + type + " -file " + ca(), "trust." + type);
    }
  }

  /** Its own certificate in PEM. */
  Path ca() {
    return directory.resolve("ca.pem");
  }

  /**
   * A store that trusts it.
   *
   * @param type {@code PKCS12} or {@code JKS}
   */
  Path trusting(String type) {
    return directory.resolve("trust." + type);
  }

  /**
   * A PKCS12 store of a new key and a certificate for it.
   *
   * @param extension of keytool, such as {@code san=dns:localhost}
   * @param start relative to now, as keytool takes it
   */
  Path issue(String name, String extension, String start, int days) {
    String store = name + ".p12";
    Path request = directory.resolve(name + ".csr");
    Path signed = directory.resolve(name + ".pem");
    String key = "-alias key ";
    keytool(
        "-genkeypair -keyalg RSA -keysize 2048 -validity 10 " + key, store, "-dname", "CN=" + name);
    keytool("-certreq " + key + "-file " + request, store);
    keytool(
        "-gencert -rfc -alias ca -startdate "
            + start
            + " -validity "
            + days
            + " -ext "
            + extension
            + " -infile "
            + request
            + " -outfile "
            + signed,
        "ca.p12");
    keytool("-importcert -noprompt -alias ca -file " + ca(), store);
    keytool("-importcert -noprompt " + key + "-file " + signed, store);
    return directory.resolve(store);
  }

  /** The key and the certificates of a store as PEM text. */
  static String pem(Path store) {
    try {
      KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
      Key key = keys.getKey("key", PASSWORD.toCharArray());
      StringBuilder text = new StringBuilder(block("PRIVATE KEY", key.getEncoded()));
      for (Certificate certificate : keys.getCertificateChain("key")) {
        text.append(block("CERTIFICATE", certificate.getEncoded()));
      }
      return text.toString();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String block(String type, byte[] bytes) {
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
        .formatted(type, MIME.encodeToString(bytes), type);
  }

  /** Runs keytool with words of one text, a store in the folder, and further words. */
  private void keytool(String words, String store, String... more) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(words.trim().split(" +")));
    command.addAll(List.of("-keystore", directory.resolve(store).toString()));
    command.addAll(List.of("-storepass", PASSWORD));
    command.addAll(List.of(more));
    Path output = directory.resolve("keytool.log");
    try {
      int exit =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start()
              .waitFor();
      if (exit != 0) {
        throw new IllegalStateException(
            command + ": " + Files.readString(output, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
