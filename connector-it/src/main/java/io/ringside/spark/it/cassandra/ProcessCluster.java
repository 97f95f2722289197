// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import io.ringside.spark.it.maven.MavenArtifacts;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Nodes in child JVMs from Cassandra's own Maven artifact, on free ports of 127.0.0.1, 127.0.0.2
 * and so on.
 */
final class ProcessCluster implements CassandraCluster {
  private static final Duration GOSSIP_LIMIT = Duration.ofMinutes(2);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /** What Cassandra's own start script gives a JVM of Java 17, and what short-lived nodes need. */
  private static final List<String> JVM_OPTIONS =
      List.of(
          "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
          "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
          "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-exports=java.management.rmi/com.sun.jmx.remote.internal.rmi=ALL-UNNAMED",
          "--add-exports=java.rmi/sun.rmi.registry=ALL-UNNAMED",
          "--add-exports=java.rmi/sun.rmi.server=ALL-UNNAMED",
          "--add-exports=java.sql/java.sql=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.module=ALL-UNNAMED",
          "--add-opens=java.base/jdk.internal.loader=ALL-UNNAMED",
          "--add-opens=java.base/jdk.internal.ref=ALL-UNNAMED",
          "--add-opens=java.base/jdk.internal.reflect=ALL-UNNAMED",
          "--add-opens=java.base/jdk.internal.math=ALL-UNNAMED",
          "--add-opens=java.base/jdk.internal.module=ALL-UNNAMED",
          "--add-opens=java.base/jdk.internal.util.jar=ALL-UNNAMED",
          "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-opens=java.base/java.io=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/java.net=ALL-UNNAMED",
          "-Djdk.attach.allowAttachSelf=true",
          "-Dcassandra.ring_delay_ms=3000",
          "-Dcassandra.skip_wait_for_gossip_to_settle=0",
          "-Dcassandra.consistent.rangemovement=false",
          "-Dcassandra.superuser_setup_delay_ms=0");

  /** Nodes that share a machine live a short life: quick to start counts more than quick code. */
  private static final List<String> OPTIONS_OF_MANY =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private final List<ProcessNode> nodes;
  private final Thread shutdownHook = new Thread(this::end, "cassandra-shutdown");

  private ProcessCluster(List<ProcessNode> nodes) {
    this.nodes = List.copyOf(nodes);
  }

  static ProcessCluster start(ClusterSpec spec) {
    List<Path> jars =
        MavenArtifacts.classPath("org.apache.cassandra:cassandra-all:" + spec.version());
    Path directory = newDirectory(spec.name());
    int nativePort = FreePorts.onLoopback(spec.nodes());
    int storagePort = FreePorts.onLoopback(spec.nodes());
    List<ProcessNode> nodes = new ArrayList<>();
    for (int i = 1; i <= spec.nodes(); i++) {
      Path home = directory.resolve("node" + i);
      String host = "127.0.0." + i;
      NodeFiles.write(home, spec, host, nativePort, storagePort);
      nodes.add(
          new ProcessNode(
              home, new InetSocketAddress(host, nativePort), command(spec, jars, home)));
    }
    ProcessCluster cluster = new ProcessCluster(nodes);
    Runtime.getRuntime().addShutdownHook(cluster.shutdownHook);
    try {
      // One after the other: two nodes that join at once may choose the same tokens.
      nodes.forEach(ProcessNode::start);
      cluster.awaitPeers();
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private static Path newDirectory(String name) {
    try {
      Path parent =
          Path.of(System.getProperty("it.cassandra.dir", "target/cassandra")).toAbsolutePath();
      Files.createDirectories(parent);
      return Files.createTempDirectory(parent, name + "-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(ClusterSpec spec, List<Path> jars, Path home) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xms" + spec.heapMegabytes() + "m");
    command.add("-Xmx" + spec.heapMegabytes() + "m");
    command.addAll(JVM_OPTIONS);
    if (spec.nodes() > 1) {
      command.addAll(OPTIONS_OF_MANY);
    }
    for (Path jar : jars) {
      // Before 5.0 memory is measured by an agent.
      if (jar.getFileName().toString().startsWith("jamm-0.3")) {
        command.add("-javaagent:" + jar);
      }
    }
    command.add("-Dcassandra.storagedir=" + home);
    command.add("-Dcassandra.config=" + home.resolve("cassandra.yaml").toUri());
    command.add(
        "-Dcassandra-rackdc.properties=" + home.resolve("cassandra-rackdc.properties").toUri());
    command.add("-Dlogback.configurationFile=" + home.resolve("logback.xml"));
    command.add("-cp");
    List<String> classPath = new ArrayList<>(jars.stream().map(Path::toString).toList());
    classPath.add(ownClasses().toString());
    command.add(String.join(File.pathSeparator, classPath));
    command.add(NodeMain.class.getName());
    return command;
  }

  private static Path ownClasses() {
    try {
      return Path.of(NodeMain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits until the first node knows all others. */
  private void awaitPeers() {
    long deadline = System.nanoTime() + GOSSIP_LIMIT.toNanos();
    try (CqlSession session =
        CqlSession.builder()
            .addContactPoint(contactPoints().get(0))
            .withLocalDatacenter(localDatacenter())
            .build()) {
      while (session.execute("SELECT peer FROM system.peers").all().size() < nodes.size() - 1) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException(
              "Cannot start the cluster: its nodes do not know each other after " + GOSSIP_LIMIT);
        }
        LockSupport.parkNanos(POLL_NANOS);
      }
    }
  }

  @Override
  public List<InetSocketAddress> contactPoints() {
    return nodes.stream().map(ProcessNode::address).toList();
  }

  @Override
  public String localDatacenter() {
    return "datacenter1";
  }

  @Override
  public List<CassandraNode> nodes() {
    return List.copyOf(nodes);
  }

  /** Stops the nodes and removes their data; their logs stay. */
  @Override
  public void close() {
    end();
    nodes.forEach(ProcessNode::removeData);
    try {
      Runtime.getRuntime().removeShutdownHook(shutdownHook);
    } catch (IllegalStateException ending) {
      // The JVM ends, and the hook with it.
    }
  }

  private void end() {
    for (ProcessNode node : nodes) {
      try {
        node.kill();
      } catch (IllegalStateException neverStarted) {
        // A node before it failed to start.
      }
    }
  }
}
