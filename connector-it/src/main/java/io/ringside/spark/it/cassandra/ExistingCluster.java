// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import java.net.InetSocketAddress;
import java.util.List;

/** A cluster that somebody else runs, found by one of its nodes. */
final class ExistingCluster implements CassandraCluster {
  private static final int DEFAULT_PORT = 9042;

  private final InetSocketAddress contactPoint;
  private final String localDatacenter;

  /**
   * Connects once, to learn the data centre.
   *
   * @param hostAndPort {@code host} or {@code host:port}
   */
  ExistingCluster(String hostAndPort) {
    int colon = hostAndPort.lastIndexOf(':');
    this.contactPoint =
        colon < 0
            ? new InetSocketAddress(hostAndPort, DEFAULT_PORT)
            : new InetSocketAddress(
                hostAndPort.substring(0, colon),
                Integer.parseInt(hostAndPort.substring(colon + 1)));
    this.localDatacenter = datacenterOf(contactPoint);
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
  public void close() {}
}
