// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a cluster; equal ones share a session. Resolved once on the driver, the contents of
 * files that options refer to included, and sent to executors.
 *
 * @param tls null when connections are not encrypted
 */
public record ConnectionConfig(
    EndpointConfig endpoints, LoginConfig login, @Nullable TlsConfig tls, SessionConfig session)
    implements Serializable {

  static ConnectionConfig of(OptionResolver options) {
    return new ConnectionConfig(
        EndpointConfig.of(options),
        LoginConfig.of(options),
        TlsConfig.of(options),
        SessionConfig.of(options));
  }

  /** As in {@link EndpointConfig}. */
  public List<HostAndPort> contactPoints() {
    return endpoints.contactPoints();
  }

  /** As in {@link EndpointConfig}. */
  public @Nullable String localDc() {
    return endpoints.localDc();
  }

  /** As in {@link EndpointConfig}. */
  public @Nullable Secret cloudBundle() {
    return endpoints.cloudBundle();
  }

  /** As in {@link LoginConfig}. */
  public @Nullable String username() {
    return login.username();
  }

  /** As in {@link LoginConfig}. */
  public @Nullable Secret password() {
    return login.password();
  }

  /** As in {@link LoginConfig}. */
  public @Nullable String authProvider() {
    return login.authProvider();
  }

  /** As in {@link SessionConfig}. */
  public @Nullable Secret driverConfig() {
    return session.driverConfig();
  }

  /** As in {@link SessionConfig}. */
  public Set<String> defaulted() {
    return session.defaulted();
  }

  /** As in {@link SessionConfig}. */
  public Compression compression() {
    return session.compression();
  }

  /** As in {@link SessionConfig}. */
  public Duration connectTimeout() {
    return session.connectTimeout();
  }

  /** As in {@link SessionConfig}. */
  public int connectionsPerNode() {
    return session.connectionsPerNode();
  }

  /** As in {@link SessionConfig}. */
  public Duration idleTimeout() {
    return session.idleTimeout();
  }
}
