// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.secure;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.Row;
import io.ringside.spark.it.Spark;
import io.ringside.spark.it.cassandra.CassandraCluster;
import io.ringside.spark.it.cassandra.CassandraClusters;
import io.ringside.spark.it.cassandra.ClusterSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;

/**
 * The one node of a JVM that asks for passwords and permissions, and on encrypted connections for
 * TLS 1.3 and a client's certificate. Its own certificate names {@code localhost} and no address.
 * Connections without encryption work too; tests look at it through one.
 */
final class Secured {
  /** The table that tests read. */
  static final String KS = "secured";

  /** Its role with all rights. */
  static final String ADMIN = "cassandra";

  /** The authority that the node trusts, and that signed its certificate. */
  static final Certificates CERTIFICATES = new Certificates(directory("authority"));

  /** The certificate of a client. */
  static final Path CLIENT = CERTIFICATES.issue("client", "eku=clientAuth", "-1d", 10);

  /** What the node shows; read when it starts. */
  static final Path SERVER = CERTIFICATES.issue("server", "san=dns:localhost", "-1d", 10);

  /** The node. */
  static final CassandraCluster CLUSTER =
      CassandraClusters.start(
          ClusterSpec.oneNode("secured")
              .withHeapMegabytes(512)
              .withSetting("authenticator", "PasswordAuthenticator")
              .withSetting("authorizer", "CassandraAuthorizer")
              .withSetting("permissions_validity_in_ms", "0")
              .withSetting("client_encryption_options", encryption())
              .withJvmOption("-Dcassandra.superuser_setup_delay_ms=0"));

  private Secured() {}

  private static Path directory(String name) {
    try {
      return Files.createTempDirectory(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String encryption() {
    return ("{enabled: true, optional: true, require_client_auth: true, keystore: '%s',"
            + " keystore_password: '%s', truststore: '%s', truststore_password: '%s', store_type:"
            + " PKCS12, protocol: TLS, accepted_protocols: [TLSv1.3]}")
        .formatted(
            SERVER, Certificates.PASSWORD, CERTIFICATES.trusting("PKCS12"), Certificates.PASSWORD);
  }

  /** A session of the tests' own driver with all rights; for its user to close. */
  static CqlSession admin() {
    return CqlSession.builder()
        .addContactPoints(CLUSTER.contactPoints())
        .withLocalDatacenter(CLUSTER.localDatacenter())
        .withAuthCredentials(ADMIN, ADMIN)
        .withConfigLoader(
            DriverConfigLoader.programmaticBuilder()
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(60))
                .build())
        .build();
  }

  /** Makes the keyspace and the table {@code t} of three rows that tests share, if not there. */
  static void makeTable() {
    makeTable("t");
  }

  /** Makes the keyspace and a table of three rows, if they are not there. */
  static void makeTable(String table) {
    try (CqlSession admin = admin()) {
      admin.execute(
          "CREATE KEYSPACE IF NOT EXISTS "
              + KS
              + " WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
      String name = KS + '.' + table;
      admin.execute("CREATE TABLE IF NOT EXISTS " + name + " (id int PRIMARY KEY, v text)");
      for (int id = 0; id < 3; id++) {
        admin.execute("INSERT INTO " + name + " (id, v) VALUES (?, 'x')", id);
      }
    }
  }

  /** Host and port by the name that the node's certificate has. */
  static String byName() {
    return "localhost:" + CLUSTER.contactPoints().get(0).getPort();
  }

  /** Options that connect with encryption, and with a password. */
  static Map<String, String> options() {
    Map<String, String> options = new HashMap<>(plainOptions());
    options.put("contact-points", byName());
    options.put("tls.enabled", "true");
    options.put("tls.truststore", CERTIFICATES.trusting("PKCS12").toString());
    options.put("tls.truststore-password", Certificates.PASSWORD);
    options.put("tls.keystore", CLIENT.toString());
    options.put("tls.keystore-password", Certificates.PASSWORD);
    return options;
  }

  /** Options that connect without encryption. */
  static Map<String, String> plainOptions() {
    return Map.of(
        "contact-points",
        CLUSTER.contactPoint(),
        "username",
        ADMIN,
        "password",
        ADMIN,
        "keyspace",
        KS,
        "table",
        "t",
        // Each test looks at connections of its own.
        "session.idle-timeout",
        "1s");
  }

  /** The table {@code t} by these options. */
  static Dataset<org.apache.spark.sql.Row> table(Map<String, String> options) {
    DataFrameReader reader = Spark.SESSION.read().format("cassandra");
    options.forEach(reader::option);
    return reader.load();
  }

  /** The encrypted connections of the connector that the node has now. */
  static List<Row> encryptedConnections(CqlSession admin) {
    return admin.execute("SELECT * FROM system_views.clients").all().stream()
        .filter(row -> row.getBoolean("ssl_enabled"))
        .toList();
  }
}
