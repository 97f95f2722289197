// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.kafka;

import io.ringside.spark.it.maven.MavenArtifacts;
import io.ringside.spark.it.spark.SparkProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A Kafka broker that is its own controller (KRaft), in a JVM of its own at 127.0.0.1. It makes
 * topics of two partitions when they are first written to.
 */
public final class KafkaBroker implements AutoCloseable {
  private static final String KAFKA = "org.apache.kafka:kafka_2.13:4.1.1";

  /** 16 bytes in Base64. */
  private static final String CLUSTER_ID = "RingsideExamplesKafkaA";

  private static final Duration START_LIMIT = Duration.ofMinutes(1);
  private static final int CONNECT_MILLIS = 500;
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final int port;
  private final SparkProcess process;

  private KafkaBroker(int port, SparkProcess process) {
    this.port = port;
    this.process = process;
  }

  /**
   * Starts one and waits until it takes connections.
   *
   * @param directory an empty one, for its data and logs
   * @throws IllegalStateException when it does not within a minute, with what it printed
   */
  public static KafkaBroker start(Path directory) throws InterruptedException {
    List<Path> classPath = MavenArtifacts.classPath(KAFKA);
    int port = freePort();
    String configuration = configure(directory, port, freePort());
    try (SparkProcess format =
        SparkProcess.start(
            directory,
            "format",
            classPath,
            Map.of(),
            "kafka.tools.StorageTool",
            List.of("format", "-t", CLUSTER_ID, "-c", configuration))) {
      format.await(START_LIMIT);
    }
    KafkaBroker broker =
        new KafkaBroker(
            port,
            SparkProcess.start(
                directory, "broker", classPath, Map.of(), "kafka.Kafka", List.of(configuration)));
    try {
      broker.awaitStart();
    } catch (RuntimeException e) {
      broker.close();
      throw e;
    }
    return broker;
  }

  /** Where clients connect, as {@code host:port}. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  private void awaitStart() {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!isListening()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IllegalStateException("Kafka does not start:%n%s".formatted(process.output()));
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private boolean isListening() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static String configure(Path directory, int port, int controller) {
    Path file = directory.resolve("server.properties");
    try {
      Files.writeString(
          file,
          """
          process.roles=broker,controller
          node.id=1
          controller.quorum.voters=1@127.0.0.1:%2$d
          controller.listener.names=CONTROLLER
          listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
          advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
          log.dirs=%3$s
          num.partitions=2
          offsets.topic.num.partitions=1
          offsets.topic.replication.factor=1
          transaction.state.log.replication.factor=1
          transaction.state.log.min.isr=1
          group.initial.rebalance.delay.ms=0
          """
              .formatted(port, controller, directory.resolve("data")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toString();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the broker. */
  @Override
  public void close() {
    process.close();
  }
}
