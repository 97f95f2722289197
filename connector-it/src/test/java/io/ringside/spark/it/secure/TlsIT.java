// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.secure;

import static io.ringside.spark.it.secure.Secured.CERTIFICATES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Encrypted connections to a node that accepts TLS 1.3 only, wants a certificate of its authority,
 * and shows one for {@code localhost}.
 */
class TlsIT {
  @TempDir static Path directory;

  @BeforeAll
  static void makeTable() {
    Secured.makeTable();
  }

  private static Map<String, String> with(String... changes) {
    Map<String, String> options = new HashMap<>(Secured.options());
    for (int i = 0; i < changes.length; i += 2) {
      options.remove(changes[i]);
      if (!changes[i + 1].isEmpty()) {
        options.put(changes[i], changes[i + 1]);
      }
    }
    return options;
  }

  private static void assertReads(Map<String, String> options) {
    assertThat(Secured.table(options).count()).isEqualTo(3);
  }

  private static void assertFails(Map<String, String> options, String reason) {
    assertThatThrownBy(() -> Secured.table(options).count())
        .hasMessageContaining("Cannot connect to Cassandra at [")
        .hasMessageContaining(reason)
        .hasMessageNotContaining(Certificates.PASSWORD);
  }

  private static Path directoryOf(String name) throws IOException {
    return Files.createDirectory(directory.resolve(name));
  }

  @Test
  void encryptsByTheProtocolAndCipherSuitesOfTheJdk() {
    try (CqlSession admin = Secured.admin()) {
      assertReads(Secured.options());
      List<Row> connections = Secured.encryptedConnections(admin);
      assertThat(connections).isNotEmpty();
      assertThat(connections)
          .allSatisfy(
              row -> {
                assertThat(row.getString("ssl_protocol")).isEqualTo("TLSv1.3");
                assertThat(row.getString("username")).isEqualTo(Secured.ADMIN);
              });
    }
  }

  @Test
  void offersTheCipherSuitesOfTheOption() {
    for (String suite : List.of("TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_GCM_SHA256")) {
      try (CqlSession admin = Secured.admin()) {
        assertReads(with("tls.cipher-suites", suite));
        assertThat(Secured.encryptedConnections(admin))
            .extracting(row -> row.getString("ssl_cipher_suite"))
            .contains(suite);
      }
    }
    assertThatThrownBy(() -> Secured.table(with("tls.cipher-suites", "TLS_NONE")).count())
        .hasMessageContaining("option 'tls.cipher-suites': this JDK knows no [TLS_NONE]");
  }

  @Test
  void offersTheProtocolsOfTheOption() {
    assertReads(with("tls.protocols", "TLSv1.2,TLSv1.3"));
    assertFails(with("tls.protocols", "TLSv1.2"), "protocol_version");
    assertThatThrownBy(() -> Secured.table(with("tls.protocols", "SSLv9")).count())
        .hasMessageContaining("option 'tls.protocols': this JDK knows no [SSLv9]");
  }

  @Test
  void verifiesTheHostName() {
    assertFails(with("contact-points", Secured.CLUSTER.contactPoint()), "127.0.0.1");
    assertReads(
        with(
            "contact-points",
            Secured.CLUSTER.contactPoint(),
            "tls.hostname-verification",
            "false"));
  }

  @Test
  void trustsTheAuthoritiesOfTheStoreOnly() throws IOException {
    Certificates others = new Certificates(directoryOf("others"));
    assertFails(with("tls.truststore", others.trusting("PKCS12").toString()), "PKIX path");
    assertFails(with("tls.truststore", "", "tls.truststore-password", ""), "PKIX path");
  }

  @Test
  void showsItsCertificateWhenTheNodeWantsOne() throws IOException {
    assertFails(with("tls.keystore", "", "tls.keystore-password", ""), "Received fatal alert");
    Path stranger =
        new Certificates(directoryOf("strangers")).issue("client", "eku=clientAuth", "-1d", 10);
    assertFails(with("tls.keystore", stranger.toString()), "Received fatal alert");
  }

  @Test
  void readsStoresOfEveryKind() throws IOException {
    String pem = Certificates.pem(Secured.CLIENT);
    Path pemFile = Files.writeString(directory.resolve("client.pem"), pem);
    String ca = Files.readString(CERTIFICATES.ca());
    byte[] store = Files.readAllBytes(CERTIFICATES.trusting("PKCS12"));
    assertReads(with("tls.truststore", CERTIFICATES.trusting("JKS").toString()));
    assertReads(
        with("tls.truststore", CERTIFICATES.ca().toString(), "tls.truststore-password", ""));
    assertReads(with("tls.truststore", ca, "tls.truststore-password", ""));
    assertReads(with("tls.truststore", "base64:" + Base64.getEncoder().encodeToString(store)));
    assertReads(
        with(
            "tls.truststore", CERTIFICATES.ca().toUri().toString(), "tls.truststore-password", ""));
    assertReads(with("tls.keystore", pemFile.toString(), "tls.keystore-password", ""));
    assertReads(with("tls.keystore", "", "tls.keystore-password", "", "tls.keystore.secret", pem));
    assertReads(
        with(
            "tls.keystore",
            "",
            "tls.keystore.secret",
            Base64.getEncoder().encodeToString(Files.readAllBytes(Secured.CLIENT))));
  }

  @Test
  void readsStoresThatSparkShips() throws IOException, InterruptedException {
    Path ca = Files.copy(CERTIFICATES.ca(), directory.resolve("shipped-ca.pem"));
    List<String> args = new ArrayList<>();
    with("tls.truststore", "shipped-ca.pem", "tls.truststore-password", "")
        .forEach((key, value) -> args.add(key + '=' + value));
    args.add("ship=" + ca);
    Path output = directory.resolve("shipped.log");
    int exit = ChildJvm.run(CountJob.class, System.getProperty("java.class.path"), output, args);
    assertThat(Files.readString(output)).contains("ROWS 3");
    assertThat(exit).isZero();
  }

  @Test
  void readsPasswordsFromFiles() throws IOException {
    Path password = Files.writeString(directory.resolve("password"), Certificates.PASSWORD + "\n");
    assertReads(
        with(
            "tls.truststore-password",
            "",
            "tls.truststore-password.file",
            password.toString(),
            "tls.keystore-password",
            "",
            "tls.keystore-password.file",
            password.toString()));
  }

  @Test
  void tellsWhichStoreCannotBeRead() throws IOException {
    Path text = Files.writeString(directory.resolve("text"), "no store");
    Map<Map<String, String>, String> wrong =
        Map.of(
            with("tls.truststore", text.toString()), "tls.truststore'",
            with("tls.truststore-password", "canary"), "tls.truststore-password'",
            with("tls.keystore", text.toString()), "tls.keystore'",
            with("tls.keystore-password", "canary"), "tls.keystore-password'",
            with("tls.keystore", CERTIFICATES.ca().toString()), "tls.keystore'",
            with("tls.truststore", "nowhere"), "there is no file of this path",
            with("tls.enabled", ""), "connections are not encrypted");
    wrong.forEach(
        (options, words) ->
            assertThatThrownBy(() -> Secured.table(options).count())
                .hasMessageContaining(words)
                .hasMessageContaining("INVALID_OPTION")
                .hasMessageNotContaining("canary"));
  }

  @Test
  void refusesACertificateThatHasExpired() throws IOException {
    byte[] valid = Files.readAllBytes(Secured.SERVER);
    Path expired = CERTIFICATES.issue("expired", "san=dns:localhost", "-9d", 2);
    Secured.CLUSTER.node(0).stop();
    Files.copy(expired, Secured.SERVER, StandardCopyOption.REPLACE_EXISTING);
    Secured.CLUSTER.node(0).start();
    try {
      assertFails(Secured.options(), "validity check failed");
    } finally {
      Secured.CLUSTER.node(0).stop();
      Files.write(Secured.SERVER, valid);
      Secured.CLUSTER.node(0).start();
    }
    assertReads(Secured.options());
  }
}
