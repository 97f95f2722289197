// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.cassandra;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.testcontainers.cassandra.CassandraContainer;

/** One node in a container; needs a container engine. */
final class ContainerCluster implements CassandraCluster {
  private static final int YOUNG_SHARE = 4;

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
    if (!spec.settings().isEmpty()) {
      throw new UnsupportedOperationException(
          "Cannot give the settings %s to a node in a container. Use the provider 'process'."
              .formatted(spec.settings()));
    }
    CassandraContainer container = new CassandraContainer("cassandra:" + spec.version());
    // What the image's entry point and Cassandra's own start script read.
    container.withEnv("CASSANDRA_NUM_TOKENS", String.valueOf(spec.tokensPerNode()));
    container.withEnv("MAX_HEAP_SIZE", spec.heapMegabytes() + "M");
    container.withEnv("HEAP_NEWSIZE", spec.heapMegabytes() / YOUNG_SHARE + "M");
    container.withEnv("JVM_EXTRA_OPTS", String.join(" ", spec.jvmOptions()));
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
  public Path logs() {
    throw new UnsupportedOperationException(
        "Cannot see the logs of a node in a container. Use the provider 'process'.");
  }

  @Override
  public void close() {
    container.stop();
  }
}
