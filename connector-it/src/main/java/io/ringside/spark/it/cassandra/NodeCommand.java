// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.cassandra;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Builds the command line of a node's JVM. */
final class NodeCommand {
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
          "-Dcassandra.ring_delay_ms=2000",
          "-Dcassandra.skip_wait_for_gossip_to_settle=0",
          "-Dcassandra.consistent.rangemovement=false",
          "-Dcassandra.superuser_setup_delay_ms=0",
          "-Dcassandra.size_recorder_interval=5");

  /** What the agent looks into to measure prepared statements, past what Java 11 left open. */
  private static final List<String> OPTIONS_OF_AGENT =
      List.of(
          "--add-opens=java.base/java.nio.charset=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.cs=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent.locks=ALL-UNNAMED",
          "--add-opens=java.base/java.util.regex=ALL-UNNAMED",
          "--add-opens=java.base/java.math=ALL-UNNAMED",
          "--add-opens=java.base/java.time=ALL-UNNAMED");

  /** A node with a small heap lives a short life: it should start quickly. */
  private static final List<String> OPTIONS_OF_SMALL =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private static final int SMALL_HEAP = 512;

  private NodeCommand() {}

  /**
   * The whole command, the java binary first.
   *
   * @param jars of the server and what it needs
   * @param home with the files of {@link NodeFiles}
   * @param host the node's address
   * @param outlives whether the node goes on when this JVM ends
   */
  static List<String> of(
      ClusterSpec spec, List<Path> jars, Path home, String host, int jmxPort, boolean outlives) {
    List<String> command = new ArrayList<>();
    command.add(ClusterSpec.javaHome().resolve("bin").resolve("java").toString());
    command.add("-Xms" + spec.heapMegabytes() + "m");
    command.add("-Xmx" + spec.heapMegabytes() + "m");
    command.addAll(JVM_OPTIONS);
    // A cell of a megabyte takes one region of the heap's default size and a byte of the next.
    command.addAll(
        spec.heapMegabytes() <= SMALL_HEAP
            ? OPTIONS_OF_SMALL
            : List.of("-XX:+UseG1GC", "-XX:G1HeapRegionSize=4m"));
    for (Path jar : jars) {
      // Before 5.0 memory is measured by an agent.
      if (jar.getFileName().toString().startsWith("jamm-0.3")) {
        command.add("-javaagent:" + jar);
        command.addAll(OPTIONS_OF_AGENT);
      }
    }
    command.addAll(jmx(host, jmxPort));
    command.add("-Dcassandra.storagedir=" + home);
    command.add("-Dcassandra.config=" + home.resolve("cassandra.yaml").toUri());
    command.add(
        "-Dcassandra-rackdc.properties=" + home.resolve("cassandra-rackdc.properties").toUri());
    command.add("-Dlogback.configurationFile=" + home.resolve("logback.xml"));
    command.addAll(spec.jvmOptions());
    command.add("-cp");
    List<String> classPath = new ArrayList<>(jars.stream().map(Path::toString).toList());
    classPath.add(ownClasses().toString());
    command.add(String.join(File.pathSeparator, classPath));
    command.add(NodeMain.class.getName());
    if (outlives) {
      command.add(NodeMain.OUTLIVES);
    }
    return command;
  }

  /** The JDK's own agent, which unlike Cassandra's listens on the node's own address. */
  private static List<String> jmx(String host, int port) {
    String prefix = "-Dcom.sun.management.jmxremote.";
    return List.of(
        prefix + "port=" + port,
        prefix + "rmi.port=" + port,
        prefix + "host=" + host,
        prefix + "authenticate=false",
        prefix + "ssl=false",
        "-Djava.rmi.server.hostname=" + host);
  }

  private static Path ownClasses() {
    try {
      return Path.of(NodeMain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
