// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.io.Serializable;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a session behaves. Made on the driver, sent to executors.
 *
 * @param driverConfig bytes of a configuration file of the Java driver, or null
 * @param defaulted names of the options left at their defaults, which that file overrides; empty
 *     without it
 * @param connectionsPerNode at least 1
 * @param idleTimeout how long a JVM keeps a session after its last use
 */
public record SessionConfig(
    @Nullable Secret driverConfig,
    Set<String> defaulted,
    Compression compression,
    Duration connectTimeout,
    int connectionsPerNode,
    Duration idleTimeout)
    implements Serializable {

  /** Copies the set. */
  public SessionConfig {
    defaulted = Set.copyOf(defaulted);
  }

  static SessionConfig of(OptionResolver options) {
    Secret driverConfig = options.contentAt(ConnectionOptions.DRIVER_CONFIG);
    return new SessionConfig(
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
}
