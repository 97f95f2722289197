// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Nodes in child JVMs from Cassandra's own Maven artifact, on free ports of 127.0.0.1, 127.0.0.2
 * and so on.
 */
final class ProcessCluster implements CassandraCluster {
  private static final Duration GOSSIP_LIMIT = Duration.ofMinutes(2);
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(20);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final ClusterLayout layout;
  private final List<ProcessNode> nodes;
  private final Thread shutdownHook = new Thread(this::end, "cassandra-shutdown");

  private ProcessCluster(ClusterLayout layout) {
    this.layout = layout;
    this.nodes = layout.nodes();
  }

  /** Starts nodes that end with this JVM, in a new folder under {@code it.cassandra.dir}. */
  static ProcessCluster start(ClusterSpec spec) {
    Path parent = Path.of(System.getProperty("it.cassandra.dir", "target/cassandra"));
    return start(
        new ClusterLayout(
            spec, newDirectory(parent, spec.name()), NodePorts.free(spec.nodes()), false));
  }

  /** Starts the nodes of a layout. */
  static ProcessCluster start(ClusterLayout layout) {
    ProcessCluster cluster = new ProcessCluster(layout);
    Runtime.getRuntime().addShutdownHook(cluster.shutdownHook);
    try {
      cluster.nodes.forEach(ProcessNode::launch);
      cluster.nodes.forEach(ProcessNode::awaitCql);
      cluster.awaitPeers();
    } catch (RuntimeException e) {
      cluster.end();
      cluster.removeShutdownHook();
      throw e;
    }
    if (layout.outlives()) {
      cluster.removeShutdownHook();
    }
    return cluster;
  }

  /** Takes over the nodes that an earlier JVM left running. */
  static ProcessCluster adopt(ClusterLayout layout) {
    ProcessCluster cluster = new ProcessCluster(layout);
    cluster.nodes.forEach(ProcessNode::adopt);
    return cluster;
  }

  /** A new folder whose name starts with the cluster's. */
  static Path newDirectory(Path parent, String name) {
    try {
      return Files.createTempDirectory(
          Files.createDirectories(parent.toAbsolutePath()), name + "-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Waits until every node knows the tokens of all others; a node that does not would store rows
   * where nobody looks for them.
   */
  private void awaitPeers() {
    if (nodes.size() == 1) {
      return;
    }
    long deadline = System.nanoTime() + GOSSIP_LIMIT.toNanos();
    for (ProcessNode node : nodes) {
      try (CqlSession session = openAt(node)) {
        SimpleStatement peers = SimpleStatement.newInstance("SELECT tokens FROM system.peers");
        Node self =
            session.getMetadata().findNode(node.address()).orElseThrow(IllegalStateException::new);
        await(
            deadline,
            node,
            () ->
                session.execute(peers.setNode(self)).all().stream()
                        .filter(row -> !row.isNull(0))
                        .count()
                    == nodes.size() - 1);
      }
    }
  }

  private CqlSession openAt(ProcessNode node) {
    return CqlSession.builder()
        .withConfigLoader(
            DriverConfigLoader.programmaticBuilder()
                .withBoolean(DefaultDriverOption.METADATA_SCHEMA_ENABLED, false)
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, REQUEST_LIMIT)
                .build())
        .addContactPoint(node.address())
        .withLocalDatacenter(node.datacenter())
        .build();
  }

  private static void await(long deadline, ProcessNode node, BooleanSupplier knowsAll) {
    while (!knowsAll.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "Cannot start the cluster: %s does not know all other nodes after %s. See %s."
                .formatted(node.address(), GOSSIP_LIMIT, node.directory().resolve("system.log")));
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  @Override
  public List<InetSocketAddress> contactPoints() {
    return nodes.stream().map(ProcessNode::address).toList();
  }

  @Override
  public String localDatacenter() {
    return nodes.get(0).datacenter();
  }

  @Override
  public List<CassandraNode> nodes() {
    return List.copyOf(nodes);
  }

  @Override
  public Path logs() {
    return layout.directory();
  }

  /** Ends the nodes and removes their data, unless they were started to outlive this JVM. */
  @Override
  public void close() {
    if (!layout.outlives()) {
      end();
      nodes.forEach(ProcessNode::removeData);
      removeShutdownHook();
    }
  }

  private void removeShutdownHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(shutdownHook);
    } catch (IllegalStateException ending) {
      // The JVM ends, and the hook with it.
    }
  }

  /** Ends all nodes at once. */
  void end() {
    nodes.forEach(ProcessNode::end);
  }
}
