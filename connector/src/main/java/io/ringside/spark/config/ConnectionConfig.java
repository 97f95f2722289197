// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a cluster; equal ones share a session. Resolved once on the driver, files that
 * options refer to included, and sent to executors.
 *
 * @param contactPoints empty where the bundle or the driver's configuration file names them
 * @param localDc null to take the one of the contact points
 * @param authProvider class of the Java driver's interface, or null
 * @param cloudBundle bytes of a secure connect bundle, or null
 * @param driverConfig bytes of a configuration file of the Java driver, or null
 * @param defaulted names of options that count below that file as nobody set them; empty without it
 */
public record ConnectionConfig(
    List<HostAndPort> contactPoints,
    @Nullable String localDc,
    @Nullable String username,
    @Nullable Secret password,
    @Nullable String authProvider,
    @Nullable TlsConfig tls,
    @Nullable Secret cloudBundle,
    @Nullable Secret driverConfig,
    Set<String> defaulted,
    Compression compression,
    Duration connectTimeout,
    int connectionsPerNode,
    Duration idleTimeout)
    implements Serializable {

  /** Copies the collections. */
  public ConnectionConfig {
    contactPoints = List.copyOf(contactPoints);
    defaulted = Set.copyOf(defaulted);
  }

  static ConnectionConfig of(OptionResolver options) {
    checkLogin(options);
    checkBundle(options);
    Secret driverConfig = options.contentAt(ConnectionOptions.DRIVER_CONFIG);
    return new ConnectionConfig(
        contactPoints(options),
        options.find(ConnectionOptions.LOCAL_DC),
        options.find(ConnectionOptions.USERNAME),
        options.find(ConnectionOptions.PASSWORD),
        options.find(ConnectionOptions.AUTH_PROVIDER),
        TlsConfig.of(options),
        options.contentOrSecret(
            ConnectionOptions.CLOUD_BUNDLE, ConnectionOptions.CLOUD_BUNDLE_SECRET),
        driverConfig,
        driverConfig == null ? Set.of() : defaulted(options),
        options.get(ConnectionOptions.COMPRESSION),
        options.get(ConnectionOptions.CONNECT_TIMEOUT),
        options.get(ConnectionOptions.CONNECTIONS_PER_NODE),
        options.get(ConnectionOptions.SESSION_IDLE_TIMEOUT));
  }

  private static Set<String> defaulted(OptionResolver options) {
    return ConnectionOptions.ALL.stream()
        .filter(option -> !options.isSet(option))
        .map(ConfigOption::key)
        .collect(Collectors.toSet());
  }

  private static List<HostAndPort> contactPoints(OptionResolver options) {
    boolean namedElsewhere =
        options.isSet(ConnectionOptions.DRIVER_CONFIG)
            || options.isSet(ConnectionOptions.CLOUD_BUNDLE)
            || options.isSet(ConnectionOptions.CLOUD_BUNDLE_SECRET);
    if (namedElsewhere && !options.isSet(ConnectionOptions.CONTACT_POINTS)) {
      return List.of();
    }
    int port = options.get(ConnectionOptions.PORT);
    try {
      return options.get(ConnectionOptions.CONTACT_POINTS).stream()
          .map(text -> HostAndPort.parse(text, port))
          .toList();
    } catch (IllegalArgumentException e) {
      options.error(
          "Cannot read option '%s': %s."
              .formatted(ConnectionOptions.CONTACT_POINTS.key(), e.getMessage()));
      return List.of();
    }
  }

  private static void checkLogin(OptionResolver options) {
    boolean username = options.isSet(ConnectionOptions.USERNAME);
    if (username != options.isSet(ConnectionOptions.PASSWORD)) {
      options.error("Cannot log in: options 'username' and 'password' only work together.");
    }
    if (username && options.isSet(ConnectionOptions.AUTH_PROVIDER)) {
      options.error(
          "Cannot log in with both 'username' and 'auth-provider'. Remove one of them; what a provider"
              + " needs goes into 'driver-config'.");
    }
  }

  private static void checkBundle(OptionResolver options) {
    if (!options.isSet(ConnectionOptions.CLOUD_BUNDLE)
        && !options.isSet(ConnectionOptions.CLOUD_BUNDLE_SECRET)) {
      return;
    }
    for (ConfigOption<?> option :
        List.of(
            ConnectionOptions.CONTACT_POINTS,
            ConnectionOptions.PORT,
            ConnectionOptions.LOCAL_DC,
            ConnectionOptions.TLS_ENABLED)) {
      if (options.isSet(option)) {
        options.error(
            "Cannot use option '%s' with a cloud bundle, which brings it. Remove it."
                .formatted(option.key()));
      }
    }
  }
}
