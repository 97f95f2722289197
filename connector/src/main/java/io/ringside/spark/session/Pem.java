// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.session;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/** Turns PEM text into key stores in memory. Pure. */
final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String KEY = "PRIVATE KEY";
  private static final String ENCRYPTED_KEY = "ENCRYPTED PRIVATE KEY";
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

  /** Text before the first block is a comment, as OpenSSL writes it. */
  private static final int LONGEST_COMMENT = 4096;

  private Pem() {}

  /** Whether bytes are PEM text. */
  static boolean isPem(byte[] bytes) {
    int length = Math.min(bytes.length, LONGEST_COMMENT);
    return new String(bytes, 0, length, StandardCharsets.ISO_8859_1).contains("-----BEGIN ");
  }

  /** A store that trusts all certificates of the text. */
  static KeyStore trusted(byte[] text) throws GeneralSecurityException, IOException {
    KeyStore store = empty();
    for (Certificate certificate : certificates(text)) {
      store.setCertificateEntry("ca" + store.size(), certificate);
    }
    return store;
  }

  /**
   * A store of the text's private key and its certificate chain.
   *
   * @param password of an encrypted key, also of the store; null for none
   * @throws GeneralSecurityException when there is no key, its form is none of PKCS8, or the
   *     password is wrong
   */
  static KeyStore identity(byte[] text, char @Nullable [] password)
      throws GeneralSecurityException, IOException {
    List<Certificate> chain = certificates(text);
    PrivateKey key = key(text, password);
    if (chain.isEmpty()) {
      throw new InvalidKeySpecException("there is no block CERTIFICATE");
    }
    KeyStore store = empty();
    store.setKeyEntry(
        "key", key, password == null ? new char[0] : password, chain.toArray(Certificate[]::new));
    return store;
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static List<byte[]> blocks(byte[] text, String type) throws IOException {
    List<byte[]> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(new String(text, StandardCharsets.ISO_8859_1));
    while (matcher.find()) {
      if (matcher.group(1).equals(type)) {
        try {
          blocks.add(Base64.getMimeDecoder().decode(matcher.group(2)));
        } catch (IllegalArgumentException e) {
          throw new IOException("a block of type " + type + " is not Base64", e);
        }
      }
    }
    return blocks;
  }

  private static List<Certificate> certificates(byte[] text)
      throws GeneralSecurityException, IOException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<Certificate> certificates = new ArrayList<>();
    for (byte[] block : blocks(text, CERTIFICATE)) {
      certificates.add(factory.generateCertificate(new ByteArrayInputStream(block)));
    }
    return certificates;
  }

  private static PrivateKey key(byte[] text, char @Nullable [] password)
      throws GeneralSecurityException, IOException {
    List<byte[]> plain = blocks(text, KEY);
    if (!plain.isEmpty()) {
      return key(new PKCS8EncodedKeySpec(plain.get(0)));
    }
    List<byte[]> encrypted = blocks(text, ENCRYPTED_KEY);
    if (encrypted.isEmpty() || password == null) {
      throw new InvalidKeySpecException(
          "there is no block PRIVATE KEY, nor ENCRYPTED PRIVATE KEY with a password");
    }
    EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(encrypted.get(0));
    AlgorithmParameters parameters = info.getAlgParameters();
    // For PBES2 the JDK names the scheme itself by what its parameters print.
    String algorithm =
        info.getAlgName().equals("PBES2") || info.getAlgName().startsWith("1.2.840.113549.1.5.13")
            ? parameters.toString()
            : info.getAlgName();
    Cipher cipher = Cipher.getInstance(algorithm);
    cipher.init(
        Cipher.DECRYPT_MODE,
        SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(password)),
        parameters);
    return key(info.getKeySpec(cipher));
  }

  private static PrivateKey key(PKCS8EncodedKeySpec spec) throws GeneralSecurityException {
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException another) {
        // The text does not name the algorithm; the next one may fit.
      }
    }
    throw new InvalidKeySpecException("the key is none of " + ALGORITHMS);
  }
}
