// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.cassandra;

import java.net.InetSocketAddress;
import java.util.List;
import org.testcontainers.cassandra.CassandraContainer;

/** One node in a container; needs a container engine. */
final class ContainerCluster implements CassandraCluster {
  private final CassandraContainer container;

  private ContainerCluster(CassandraContainer container) {
    this.container = container;
  }

  static ContainerCluster start(ClusterSpec spec) {
    if (spec.nodes() != 1) {
      throw new UnsupportedOperationException(
          "Cannot start %d nodes in containers, only one. Use the provider 'process'."
              .formatted(spec.nodes()));
    }
    CassandraContainer container = new CassandraContainer("cassandra:" + spec.version());
    container.start();
    return new ContainerCluster(container);
  }

  @Override
  public List<InetSocketAddress> contactPoints() {
    return List.of(container.getContactPoint());
  }

  @Override
  public String localDatacenter() {
    return container.getLocalDatacenter();
  }

  @Override
  public List<CassandraNode> nodes() {
    throw new UnsupportedOperationException(
        "Cannot act on a node in a container. Use the provider 'process'.");
  }

  @Override
  public void close() {
    container.stop();
  }
}
