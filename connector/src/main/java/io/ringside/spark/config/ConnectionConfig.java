// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a cluster; equal ones share a session. Resolved once on the driver, sent to
 * executors.
 *
 * @param contactPoints not empty
 * @param localDc null to take the one of the contact points
 */
public record ConnectionConfig(
    List<HostAndPort> contactPoints,
    @Nullable String localDc,
    @Nullable String username,
    @Nullable Secret password,
    Compression compression,
    Duration connectTimeout,
    int connectionsPerNode,
    Duration idleTimeout)
    implements Serializable {

  /** Copies the list. */
  public ConnectionConfig {
    contactPoints = List.copyOf(contactPoints);
  }

  static ConnectionConfig of(OptionResolver options) {
    int port = options.get(Options.PORT);
    String username = options.find(Options.USERNAME);
    Secret password = options.find(Options.PASSWORD);
    if ((username == null) != (password == null)) {
      options.error("Cannot log in: options 'username' and 'password' only work together.");
    }
    List<HostAndPort> contactPoints = List.of();
    try {
      contactPoints =
          options.get(Options.CONTACT_POINTS).stream()
              .map(text -> HostAndPort.parse(text, port))
              .toList();
    } catch (IllegalArgumentException e) {
      options.error(
          "Cannot read option '%s': %s.".formatted(Options.CONTACT_POINTS.key(), e.getMessage()));
    }
    return new ConnectionConfig(
        contactPoints,
        options.find(Options.LOCAL_DC),
        username,
        password,
        options.get(Options.COMPRESSION),
        options.get(Options.CONNECT_TIMEOUT),
        options.get(Options.CONNECTIONS_PER_NODE),
        options.get(Options.SESSION_IDLE_TIMEOUT));
  }
}
