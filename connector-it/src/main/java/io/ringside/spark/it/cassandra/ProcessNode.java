// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.cassandra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A node in a JVM of its own. */
final class ProcessNode implements CassandraNode {
  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int LOG_LINES = 40;

  private final ClusterLayout layout;
  private final int number;
  // No lock: a thread must be able to end the node while another waits for it.
  private volatile @Nullable NodeProcess process;

  /**
   * A node that is not started yet.
   *
   * @param number of the node, from 1
   */
  ProcessNode(ClusterLayout layout, int number) {
    this.layout = layout;
    this.number = number;
  }

  @Override
  public InetSocketAddress address() {
    return new InetSocketAddress(host(), layout.ports().cql());
  }

  /** The data centre that it tells the others it is in. */
  String datacenter() {
    return layout.spec().datacenterOf(number - 1);
  }

  @Override
  public String host() {
    return "127.0.0." + number;
  }

  @Override
  public Path directory() {
    return layout.directory().resolve("node" + number);
  }

  /** Takes over the process of an earlier JVM, if it still runs. */
  void adopt() {
    process = NodeProcess.find(directory()).orElse(null);
  }

  @Override
  public void start() {
    launch();
    awaitCql();
  }

  @Override
  public void decommission() {
    jmx().decommission();
    kill();
  }

  @Override
  public void join() {
    removeData();
    launch(true);
    awaitCql();
  }

  /** Starts its process and does not wait for it. */
  void launch() {
    launch(false);
  }

  private void launch(boolean joins) {
    NodeProcess before = process;
    if (before != null && before.isAlive()) {
      throw new IllegalStateException(
          "Cannot start the node at %s: it runs. Stop or kill it first.".formatted(address()));
    }
    NodeFiles.write(directory(), layout.spec(), number - 1, host(), layout.ports(), joins);
    List<String> command =
        NodeCommand.of(
            layout.spec(),
            layout.jars(),
            directory(),
            host(),
            layout.ports().jmx(),
            layout.outlives());
    process = NodeProcess.launch(command, directory(), layout.outlives());
  }

  /** Removes everything in the node's folder but its logs and settings. */
  void removeData() {
    for (String data : NodeFiles.DATA) {
      Path path = directory().resolve(data);
      if (Files.exists(path)) {
        try (Stream<Path> files = Files.walk(path)) {
          files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  /**
   * Waits until it answers CQL.
   *
   * @throws IllegalStateException when it ends or takes longer than three minutes; with the last
   *     lines that it logged
   */
  void awaitCql() {
    NodeProcess launched = process();
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!CqlProbe.answers(address())) {
      if (!launched.isAlive()) {
        throw failed("its process ended with " + launched.ending());
      }
      if (System.nanoTime() > deadline) {
        throw failed("no CQL after " + START_LIMIT);
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private IllegalStateException failed(String reason) {
    return new IllegalStateException(
        "Cannot start the node at %s: %s. Its last lines:%n%s%s"
            .formatted(address(), reason, tail("stderr.log"), tail("system.log")));
  }

  private String tail(String file) {
    Path path = directory().resolve(file);
    try {
      List<String> lines =
          Files.exists(path) ? Files.readAllLines(path, StandardCharsets.ISO_8859_1) : List.of();
      List<String> last = lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size());
      return "%s (whole file: %s):%n%s%n".formatted(file, path, String.join("\n", last));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private NodeProcess process() {
    NodeProcess current = process;
    if (current == null) {
      throw new IllegalStateException("The node at %s was never started.".formatted(address()));
    }
    return current;
  }

  /** Ends its process if there is one. */
  void end() {
    NodeProcess current = process;
    if (current != null) {
      current.kill();
    }
  }

  @Override
  public void kill() {
    process().kill();
  }

  @Override
  public void stop() {
    process().stop();
  }

  @Override
  public void pause() {
    process().signal("STOP");
  }

  @Override
  public void resume() {
    process().signal("CONT");
  }

  @Override
  public void flush(String keyspace) {
    jmx().flush(keyspace);
  }

  @Override
  public void refreshSizeEstimates() {
    jmx().refreshSizeEstimates();
  }

  @Override
  public void set(String mbean, String attribute, Object value) {
    jmx().set(mbean, attribute, value);
  }

  @Override
  public List<String> liveNodes() {
    return jmx().liveNodes();
  }

  private NodeJmx jmx() {
    return new NodeJmx(new InetSocketAddress(host(), layout.ports().jmx()));
  }
}
