// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.session;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.config.ProgrammaticDriverConfigLoaderBuilder;
import io.ringside.spark.config.Compression;
import io.ringside.spark.config.ConnectionConfig;
import io.ringside.spark.config.HostAndPort;
import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.error.ErrorCode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Opens sessions: the one place that sets the driver's options. Driver and executors. */
final class SessionFactory {
  /** For statements that set no time of their own: schema and size estimates. */
  private static final Duration METADATA_TIMEOUT = Duration.ofSeconds(20);

  /** A node that comes back is used again within this time. */
  private static final Duration LONGEST_RECONNECTION_DELAY = Duration.ofSeconds(10);

  private SessionFactory() {}

  /**
   * Opens a session.
   *
   * @throws ConnectorException CONNECTION_FAILED, naming contact points and what each answered
   */
  static CqlSession open(ConnectionConfig config) {
    ClassLoader loader = SessionFactory.class.getClassLoader();
    CqlSessionBuilder builder =
        CqlSession.builder()
            .withConfigLoader(driverOptions(config, loader))
            .withClassLoader(loader)
            .withApplicationName("Ringside")
            .addContactPoints(addresses(config));
    if (config.localDc() != null) {
      builder = builder.withLocalDatacenter(config.localDc());
    }
    if (config.username() != null && config.password() != null) {
      builder = builder.withAuthCredentials(config.username(), config.password().reveal());
    }
    try {
      return builder.build();
    } catch (AllNodesFailedException e) {
      throw cannotConnect(config, reasons(e), e);
    } catch (DriverException | IllegalStateException | IllegalArgumentException e) {
      throw cannotConnect(config, String.valueOf(e.getMessage()), e);
    }
  }

  private static DriverConfigLoader driverOptions(ConnectionConfig config, ClassLoader loader) {
    ProgrammaticDriverConfigLoaderBuilder options =
        DriverConfigLoader.programmaticBuilder(loader)
            .withString(DefaultDriverOption.SESSION_NAME, "ringside")
            .withBoolean(DefaultDriverOption.NETTY_DAEMON, true)
            .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, METADATA_TIMEOUT)
            .withDuration(DefaultDriverOption.METADATA_SCHEMA_REQUEST_TIMEOUT, METADATA_TIMEOUT)
            // All of them: the driver leaves out those of the system unless told otherwise.
            .withStringList(DefaultDriverOption.METADATA_SCHEMA_REFRESHED_KEYSPACES, List.of())
            .withDuration(DefaultDriverOption.CONNECTION_CONNECT_TIMEOUT, config.connectTimeout())
            .withDuration(
                DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, config.connectTimeout())
            .withDuration(
                DefaultDriverOption.CONNECTION_SET_KEYSPACE_TIMEOUT, config.connectTimeout())
            .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, config.connectTimeout())
            .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, LONGEST_RECONNECTION_DELAY)
            .withInt(DefaultDriverOption.CONNECTION_POOL_LOCAL_SIZE, config.connectionsPerNode())
            .withClass(DefaultDriverOption.RETRY_POLICY_CLASS, RethrowingRetryPolicy.class)
            .withString(
                DefaultDriverOption.TIMESTAMP_GENERATOR_CLASS, "ServerSideTimestampGenerator");
    if (config.localDc() == null) {
      options =
          options.withString(
              DefaultDriverOption.LOAD_BALANCING_POLICY_CLASS, "DcInferringLoadBalancingPolicy");
    }
    if (config.compression() != Compression.NONE) {
      options =
          options.withString(
              DefaultDriverOption.PROTOCOL_COMPRESSION,
              config.compression().name().toLowerCase(Locale.ROOT));
    }
    return options.build();
  }

  private static List<InetSocketAddress> addresses(ConnectionConfig config) {
    List<InetSocketAddress> addresses = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (HostAndPort point : config.contactPoints()) {
      try {
        for (InetAddress address : InetAddress.getAllByName(point.host())) {
          addresses.add(new InetSocketAddress(address, point.port()));
        }
      } catch (UnknownHostException e) {
        unknown.add(point.host());
      }
    }
    if (addresses.isEmpty()) {
      throw cannotConnect(config, "unknown hosts " + unknown, null);
    }
    return addresses;
  }

  private static String reasons(AllNodesFailedException failure) {
    Map<String, String> byNode =
        failure.getAllErrors().entrySet().stream()
            .collect(
                Collectors.toMap(
                    entry -> entry.getKey().getEndPoint().toString(),
                    entry ->
                        entry.getValue().stream()
                            .map(SessionFactory::words)
                            .distinct()
                            .collect(Collectors.joining("; ")),
                    (a, b) -> a));
    return byNode.toString();
  }

  /** What an error and those it carries say: a refused connection is told by a suppressed one. */
  private static String words(Throwable error) {
    Set<String> words = new LinkedHashSet<>();
    for (Throwable e = error; e != null; e = e.getCause()) {
      words.add(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
      for (Throwable suppressed : e.getSuppressed()) {
        words.add(String.valueOf(suppressed.getMessage()));
      }
    }
    return String.join("; ", words);
  }

  private static ConnectorException cannotConnect(
      ConnectionConfig config, String reason, @Nullable Throwable cause) {
    return new ConnectorException(
        ErrorCode.CONNECTION_FAILED,
        ("Cannot connect to Cassandra at %s: %s. Check the options 'contact-points', 'port',"
                + " 'local-dc' and 'username'.")
            .formatted(config.contactPoints(), reason),
        cause);
  }
}
