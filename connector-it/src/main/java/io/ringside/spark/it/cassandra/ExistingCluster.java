// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A cluster that somebody else runs, found by one of its nodes and taken as it is. */
final class ExistingCluster implements CassandraCluster {
  private static final int DEFAULT_PORT = 9042;
  private static final Pattern HOST_AND_PORT = Pattern.compile("([^:]+)(?::(\\d{1,5}))?");

  private final InetSocketAddress contactPoint;
  private final String localDatacenter;

  /**
   * Connects once, to learn the data centre.
   *
   * @param hostAndPort {@code host} or {@code host:port}
   * @throws IllegalArgumentException when it is of another form
   */
  ExistingCluster(String hostAndPort) {
    this.contactPoint = parse(hostAndPort);
    this.localDatacenter = datacenterOf(contactPoint);
  }

  private static InetSocketAddress parse(String hostAndPort) {
    Matcher parts = HOST_AND_PORT.matcher(hostAndPort);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "Cannot use the existing Cassandra '%s': not of the form host or host:port."
              .formatted(hostAndPort));
    }
    String port = parts.group(2);
    return new InetSocketAddress(
        parts.group(1), port == null ? DEFAULT_PORT : Integer.parseInt(port));
  }

  private static String datacenterOf(InetSocketAddress contactPoint) {
    CqlSessionBuilder builder =
        CqlSession.builder()
            .addContactPoint(contactPoint)
            .withConfigLoader(
                DriverConfigLoader.programmaticBuilder()
                    .withString(
                        DefaultDriverOption.LOAD_BALANCING_POLICY_CLASS,
                        "DcInferringLoadBalancingPolicy")
                    .build());
    try (CqlSession session = builder.build()) {
      var row = session.execute("SELECT data_center FROM system.local").one();
      return row == null ? "" : String.valueOf(row.getString(0));
    }
  }

  @Override
  public List<InetSocketAddress> contactPoints() {
    return List.of(contactPoint);
  }

  @Override
  public String localDatacenter() {
    return localDatacenter;
  }

  @Override
  public List<CassandraNode> nodes() {
    throw new UnsupportedOperationException(
        "Cannot act on the nodes of an existing cluster. Use the provider 'process'.");
  }

  @Override
  public Path logs() {
    throw new UnsupportedOperationException(
        "Cannot see the logs of an existing cluster. Use the provider 'process'.");
  }

  @Override
  public void close() {}
}
