// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.session;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfig;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.config.DriverOption;
import com.datastax.oss.driver.api.core.context.DriverContext;
import com.datastax.oss.driver.internal.core.config.typesafe.DefaultDriverConfigLoader;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import io.ringside.spark.config.Compression;
import io.ringside.spark.config.ConnectionConfig;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.error.Reason;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * The Java driver's configuration of one session, from nothing but the connector's options, the
 * file that they name, and the driver's own defaults: an application's {@code application.conf},
 * {@code reference.conf} and system properties are for its own driver. The driver reads the schema
 * of the {@link KeyspacesInUse} alone. Driver and executors; thread-safe.
 */
final class DriverConfiguration implements DriverConfigLoader {
  private static final String ROOT = "datastax-java-driver";

  /**
   * Rows in a page of the schema and of size estimates. The driver's default of 5,000 would be
   * refused where an operator limits the pages of ordinary users (guardrail
   * page_size_fail_threshold), and then nothing could be read.
   */
  private static final int METADATA_PAGE_ROWS = 500;

  /** For statements that set no time of their own: schema and size estimates. */
  private static final Duration METADATA_TIMEOUT = Duration.ofSeconds(20);

  /** A node that comes back is used again within this time. */
  private static final Duration LONGEST_RECONNECTION_DELAY = Duration.ofSeconds(10);

  /** A connection on which nothing comes for so long is asked for a sign of life. */
  private static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(5);

  private final KeyspacesInUse keyspaces = new KeyspacesInUse();
  private final PreparedStatements preparedStatements = new PreparedStatements();
  private final DriverConfigLoader loader;

  /**
   * The configuration of a session that is about to open.
   *
   * @throws InvalidInputException INVALID_OPTION when the driver's configuration file is malformed
   */
  DriverConfiguration(ConnectionConfig connection) {
    Config fixed =
        ConfigFactory.parseMap(required(connection))
            .withFallback(file(connection))
            .withFallback(ConfigFactory.parseMap(preferred(connection)))
            .withFallback(ConfigFactory.parseURL(reference()));
    if (connection.driverConfig() != null) {
      check(fixed);
    }
    this.loader =
        new DefaultDriverConfigLoader(
            () ->
                ConfigFactory.parseMap(
                        Map.of(
                            path(DefaultDriverOption.METADATA_SCHEMA_REFRESHED_KEYSPACES),
                            keyspaces.names()))
                    .withFallback(fixed)
                    .resolve()
                    .getConfig(ROOT),
            true);
  }

  private static DriverConfiguration of(CqlSession session) {
    return (DriverConfiguration) session.getContext().getConfigLoader();
  }

  /** The keyspaces in use of a session. */
  static KeyspacesInUse keyspaces(CqlSession session) {
    return of(session).keyspaces;
  }

  /** The prepared statements of a session. */
  static PreparedStatements preparedStatements(CqlSession session) {
    return of(session).preparedStatements;
  }

  private static String path(DriverOption option) {
    return ROOT + '.' + option.getPath();
  }

  private static Map<String, Object> required(ConnectionConfig connection) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(path(DefaultDriverOption.SESSION_NAME), "ringside");
    settings.put(path(DefaultDriverOption.NETTY_DAEMON), true);
    settings.put(path(DefaultDriverOption.CONFIG_RELOAD_INTERVAL), Duration.ZERO);
    settings.put(path(DefaultDriverOption.METADATA_SCHEMA_ENABLED), true);
    settings.put(
        path(DefaultDriverOption.RETRY_POLICY_CLASS), RethrowingRetryPolicy.class.getName());
    settings.put(
        path(DefaultDriverOption.TIMESTAMP_GENERATOR_CLASS), "ServerSideTimestampGenerator");
    settings.put(path(ContactNames.OPTION), ContactNames.of(connection.contactPoints()));
    if (connection.authProvider() != null) {
      settings.put(path(DefaultDriverOption.AUTH_PROVIDER_CLASS), connection.authProvider());
    }
    options(connection, false, settings);
    return settings;
  }

  private static Map<String, Object> preferred(ConnectionConfig connection) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(path(DefaultDriverOption.REQUEST_TIMEOUT), METADATA_TIMEOUT);
    settings.put(path(DefaultDriverOption.METADATA_SCHEMA_REQUEST_TIMEOUT), METADATA_TIMEOUT);
    settings.put(path(DefaultDriverOption.REQUEST_PAGE_SIZE), METADATA_PAGE_ROWS);
    settings.put(path(DefaultDriverOption.METADATA_SCHEMA_REQUEST_PAGE_SIZE), METADATA_PAGE_ROWS);
    // The driver would wait for all nodes, hung ones included. A node that does not know a
    // statement gets it when it is first asked.
    settings.put(path(DefaultDriverOption.PREPARE_ON_ALL_NODES), false);
    settings.put(path(DefaultDriverOption.HEARTBEAT_INTERVAL), HEARTBEAT_INTERVAL);
    settings.put(path(DefaultDriverOption.RECONNECTION_MAX_DELAY), LONGEST_RECONNECTION_DELAY);
    settings.put(path(DefaultDriverOption.RESOLVE_CONTACT_POINTS), false);
    settings.put(path(DefaultDriverOption.ADDRESS_TRANSLATOR_CLASS), ContactNames.class.getName());
    if (connection.localDc() == null) {
      settings.put(
          path(DefaultDriverOption.LOAD_BALANCING_POLICY_CLASS), "DcInferringLoadBalancingPolicy");
    }
    options(connection, true, settings);
    return settings;
  }

  /** Options that were set count above the driver's configuration file, the others below it. */
  private static void options(
      ConnectionConfig connection, boolean defaulted, Map<String, Object> settings) {
    Set<String> below = connection.defaulted();
    if (below.contains("connect-timeout") == defaulted) {
      Duration timeout = connection.connectTimeout();
      settings.put(path(DefaultDriverOption.CONNECTION_CONNECT_TIMEOUT), timeout);
      settings.put(path(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT), timeout);
      settings.put(path(DefaultDriverOption.CONNECTION_SET_KEYSPACE_TIMEOUT), timeout);
      settings.put(path(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT), timeout);
    }
    if (below.contains("connections-per-node") == defaulted) {
      settings.put(
          path(DefaultDriverOption.CONNECTION_POOL_LOCAL_SIZE), connection.connectionsPerNode());
    }
    if (below.contains("compression") == defaulted
        && (connection.compression() != Compression.NONE || !defaulted)) {
      settings.put(
          path(DefaultDriverOption.PROTOCOL_COMPRESSION),
          connection.compression().name().toLowerCase(Locale.ROOT));
    }
  }

  private static Config file(ConnectionConfig connection) {
    if (connection.driverConfig() == null) {
      return ConfigFactory.empty();
    }
    try {
      Config file =
          ConfigFactory.parseString(
              new String(connection.driverConfig().bytes(), StandardCharsets.UTF_8));
      if (!file.hasPath(ROOT)) {
        throw malformed("it has no section '" + ROOT + "'");
      }
      return file;
    } catch (ConfigException e) {
      // The parser's own message may show what is in the file.
      throw malformed("it is neither HOCON nor JSON" + line(e));
    }
  }

  private static void check(Config settings) {
    try {
      DriverConfigCheck.check(settings.resolve().getObject(ROOT));
    } catch (ConfigException e) {
      // The message names what is not there.
      throw malformed("a substitution has no value" + line(e));
    } catch (IllegalArgumentException e) {
      throw malformed(Reason.of(e));
    }
  }

  private static String line(ConfigException e) {
    int line = e.origin() == null ? -1 : e.origin().lineNumber();
    return line < 0 ? "" : ", in line " + line;
  }

  /** An error about the file, in words that are not from it. */
  static InvalidInputException malformed(String reason) {
    return new InvalidInputException(
        ErrorCode.INVALID_OPTION,
        "Cannot use the file of option 'driver-config': %s. Correct the file.".formatted(reason));
  }

  /** The driver's own defaults: of all files of this name, the one next to its classes. */
  private static URL reference() {
    String path = CqlSession.class.getName().replace('.', '/') + ".class";
    String location = String.valueOf(CqlSession.class.getClassLoader().getResource(path));
    try {
      return new URL(location.substring(0, location.length() - path.length()) + "reference.conf");
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public DriverConfig getInitialConfig() {
    return loader.getInitialConfig();
  }

  @Override
  public void onDriverInit(DriverContext context) {
    loader.onDriverInit(context);
  }

  @Override
  public CompletionStage<Boolean> reload() {
    return loader.reload();
  }

  @Override
  public boolean supportsReloading() {
    return loader.supportsReloading();
  }

  @Override
  public void close() {
    loader.close();
  }
}
