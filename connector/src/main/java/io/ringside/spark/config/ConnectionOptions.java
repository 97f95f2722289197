// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of the registry that says how to reach a cluster. */
final class ConnectionOptions {
  private static final OptionGroup GROUP = new OptionGroup();

  static final ConfigOption<String> CLUSTER =
      GROUP.add(
          ConfigOption.withoutDefault(
                  "cluster",
                  OptionType.TEXT,
                  "Which settings count when one session reads several clusters: those named"
                      + " `<cluster>/spark.cassandra.…` and"
                      + " `<cluster>:<keyspace>/spark.cassandra.…` before those without. A catalog"
                      + " for each cluster is the simpler way.")
              .alias("sql.cluster"));

  static final ConfigOption<List<String>> CONTACT_POINTS =
      GROUP.add(
          ConfigOption.of(
                  "contact-points",
                  OptionType.LIST,
                  "127.0.0.1",
                  "Nodes to connect to first, each as `host` or `host:port`, IPv6 as `[::1]:9042`."
                      + " The others are found from there. Names are looked up at each connection.")
              .alias("connection.host"));

  static final ConfigOption<Integer> PORT =
      GROUP.add(
          ConfigOption.of(
                  "port",
                  OptionType.integer(1, 65_535),
                  "9042",
                  "CQL port of contact points that name none.")
              .alias("connection.port"));

  static final ConfigOption<String> LOCAL_DC =
      GROUP.add(
          ConfigOption.withoutDefault(
                  "local-dc",
                  OptionType.TEXT,
                  "Data centre to read from and write to. Without it, the one of the contact"
                      + " points; an error when they are of several.")
              .alias("connection.localDC", "connection.local_dc"));

  static final ConfigOption<String> USERNAME =
      GROUP.add(
          ConfigOption.withoutDefault(
                  "username", OptionType.TEXT, "User of Cassandra's password authentication.")
              .alias("auth.username"));

  static final ConfigOption<Secret> PASSWORD =
      GROUP.add(
          ConfigOption.withoutDefault("password", OptionType.SECRET, "That user's password.")
              .alias("auth.password"));

  static final ConfigOption<String> AUTH_PROVIDER =
      GROUP.add(
          ConfigOption.withoutDefault(
              "auth-provider",
              OptionType.TEXT,
              "Class that logs in by other means than a password: an `AuthProvider` of the Java"
                  + " driver, its settings in `driver-config`. Needs the connector's thin jar."));

  static final ConfigOption<String> CLOUD_BUNDLE =
      GROUP.add(
          ConfigOption.withoutDefault(
                  "cloud-bundle",
                  OptionType.TEXT,
                  "Secure connect bundle of a cloud database: a path, the name of a file of"
                      + " `--files`, or a URL. It brings contact points, data centre and"
                      + " certificates.")
              .alias("connection.config.cloud.path"));

  static final ConfigOption<Secret> CLOUD_BUNDLE_SECRET =
      GROUP.add(
          ConfigOption.withoutDefault(
              "cloud-bundle.secret", OptionType.SECRET, "The bundle itself, as Base64."));

  static final ConfigOption<String> DRIVER_CONFIG =
      GROUP.add(
          ConfigOption.withoutDefault(
                  "driver-config",
                  OptionType.TEXT,
                  "Configuration file of the Java driver: a path, the name of a file of `--files`,"
                      + " or a URL. Counts below the options of this table that are set, above"
                      + " their defaults. `application.conf` and system properties never count.")
              .alias("connection.config.profile.path"));

  static final ConfigOption<Boolean> TLS_ENABLED =
      GROUP.add(
          ConfigOption.of(
                  "tls.enabled", OptionType.BOOLEAN, "false", "Whether connections are encrypted.")
              .alias("connection.ssl.enabled"));

  static final ConfigOption<String> TLS_TRUSTSTORE =
      GROUP.add(
          ConfigOption.withoutDefault(
                  "tls.truststore",
                  OptionType.TEXT,
                  "Certificates of the authorities to trust, as JKS, PKCS12 or PEM: a path, the"
                      + " name of a file of `--files`, a URL, PEM text, or `base64:` and the store."
                      + " Without it, the JDK's.")
              .alias("connection.ssl.trustStore.path"));

  static final ConfigOption<Secret> TLS_TRUSTSTORE_PASSWORD =
      GROUP.add(
          ConfigOption.withoutDefault(
                  "tls.truststore-password", OptionType.SECRET, "Password of the trust store.")
              .alias("connection.ssl.trustStore.password"));

  static final ConfigOption<String> TLS_KEYSTORE =
      GROUP.add(
          ConfigOption.withoutDefault(
                  "tls.keystore",
                  OptionType.TEXT,
                  "The client's certificate and key, as JKS, PKCS12 or PEM (PKCS8 keys): a path,"
                      + " the name of a file of `--files`, or a URL.")
              .alias("connection.ssl.keyStore.path"));

  static final ConfigOption<Secret> TLS_KEYSTORE_SECRET =
      GROUP.add(
          ConfigOption.withoutDefault(
              "tls.keystore.secret",
              OptionType.SECRET,
              "The client's certificate and key themselves, as PEM text or as Base64 of a store."));

  static final ConfigOption<Secret> TLS_KEYSTORE_PASSWORD =
      GROUP.add(
          ConfigOption.withoutDefault(
                  "tls.keystore-password",
                  OptionType.SECRET,
                  "Password of the key store and of its key.")
              .alias("connection.ssl.keyStore.password"));

  static final ConfigOption<List<String>> TLS_PROTOCOLS =
      GROUP.add(
          ConfigOption.withoutDefault(
              "tls.protocols",
              OptionType.LIST,
              "Protocols to offer, such as `TLSv1.3`. Without it, those of the JDK."));

  static final ConfigOption<List<String>> TLS_CIPHER_SUITES =
      GROUP.add(
          ConfigOption.withoutDefault(
                  "tls.cipher-suites",
                  OptionType.LIST,
                  "Cipher suites to offer. Without it, those of the JDK.")
              .alias(
                  value -> value,
                  "the old default, two RSA key exchange suites that new JDKs refuse, is gone",
                  "connection.ssl.enabledAlgorithms"));

  static final ConfigOption<Boolean> TLS_HOSTNAME_VERIFICATION =
      GROUP.add(
          ConfigOption.of(
              "tls.hostname-verification",
              OptionType.BOOLEAN,
              "true",
              "Whether a node's certificate must name the host or address that it is reached at."));

  static final ConfigOption<Compression> COMPRESSION =
      GROUP.add(
          ConfigOption.of(
                  "compression",
                  OptionType.oneOf(Compression.class),
                  "none",
                  "Compression of the frames between the connector and Cassandra.")
              .alias("connection.compression"));

  static final ConfigOption<Duration> CONNECT_TIMEOUT =
      GROUP.add(
          ConfigOption.of(
                  "connect-timeout",
                  OptionType.DURATION,
                  "10s",
                  "Time to open a connection and to exchange its first messages.")
              .alias(
                  ConnectionOptions::milliseconds,
                  "in milliseconds",
                  "connection.timeoutMS",
                  "connection.timeout_ms"));

  static final ConfigOption<Integer> CONNECTIONS_PER_NODE =
      GROUP.add(
          ConfigOption.of(
                  "connections-per-node",
                  OptionType.integer(1, 1024),
                  "1",
                  "Connections from each JVM to each node of the local data centre. One carries"
                      + " 1,024 requests at once.")
              .alias("connection.localConnectionsPerExecutor"));

  static final ConfigOption<Duration> SESSION_IDLE_TIMEOUT =
      GROUP.add(
          ConfigOption.of(
                  "session.idle-timeout",
                  OptionType.DURATION,
                  "60s",
                  "How long a JVM keeps its session after the last task that used it.")
              .alias(
                  ConnectionOptions::milliseconds,
                  "in milliseconds",
                  "connection.keepAliveMS",
                  "connection.keep_alive_ms"));

  static final ConfigOption<ConnectionOverrides> OVERRIDES =
      GROUP.add(
          ConfigOption.withoutDefault(
              "connection.overrides",
              OptionType.oneOf(ConnectionOverrides.class),
              "What sessions, reads, writes, tables and SQL may say about connections: `none`,"
                  + " `login` (who logs in), `hosts` (where to connect to, with credentials given"
                  + " together) or `all` (files, variables, URLs and classes as well). Without it,"
                  + " `login` for catalogs that the application starts with, `hosts` elsewhere."
                  + " Counts only when the application starts with it (`--conf`). See"
                  + " [SECURITY.md](../SECURITY.md)."));

  /** These options, in the order of the documentation. */
  static final List<ConfigOption<?>> ALL = GROUP.all();

  private ConnectionOptions() {}

  private static String milliseconds(@Nullable String value) {
    return value + "ms";
  }
}
