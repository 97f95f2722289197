// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.cassandra;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
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

/** A node in a child JVM, which ends when this JVM does. */
final class ProcessNode implements CassandraNode {
  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int CONNECT_MILLIS = 1000;
  private static final int LOG_LINES = 40;

  private final Path directory;
  private final InetSocketAddress address;
  private final List<String> command;
  private @Nullable Process process;

  ProcessNode(Path directory, InetSocketAddress address, List<String> command) {
    this.directory = directory;
    this.address = address;
    this.command = command;
  }

  @Override
  public InetSocketAddress address() {
    return address;
  }

  @Override
  public Path directory() {
    return directory;
  }

  @Override
  public synchronized void start() {
    launch();
    awaitCql();
  }

  /** Starts the process without waiting. */
  synchronized void launch() {
    if (process != null && process.isAlive()) {
      throw new IllegalStateException("Cannot start the node at %s: it runs.".formatted(address));
    }
    try {
      process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectError(
                  ProcessBuilder.Redirect.appendTo(directory.resolve("stderr.log").toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Waits until the node takes CQL connections.
   *
   * @throws IllegalStateException when its process ends or the time is over, with its last lines
   */
  void awaitCql() {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!answers()) {
      if (!running().isAlive()) {
        throw new IllegalStateException(
            "Cannot start the node at %s: its process ended with %d. Its last words:%n%s"
                .formatted(address, running().exitValue(), lastWords()));
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "Cannot start the node at %s: no CQL after %s. Its last words:%n%s"
                .formatted(address, START_LIMIT, lastWords()));
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  /** Removes everything in the node's folder but its logs and settings. */
  void removeData() {
    for (String data : NodeFiles.DATA) {
      Path path = directory.resolve(data);
      if (Files.exists(path)) {
        try (Stream<Path> files = Files.walk(path)) {
          files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(address, CONNECT_MILLIS);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private String lastWords() {
    return tail("stderr.log") + tail("system.log");
  }

  private String tail(String file) {
    Path path = directory.resolve(file);
    try {
      List<String> lines =
          Files.exists(path) ? Files.readAllLines(path, StandardCharsets.ISO_8859_1) : List.of();
      List<String> last = lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size());
      return "%s (whole file: %s):%n%s%n".formatted(file, path, String.join("\n", last));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized Process running() {
    if (process == null) {
      throw new IllegalStateException("The node at %s was never started.".formatted(address));
    }
    return process;
  }

  @Override
  public void kill() {
    end(running().destroyForcibly());
  }

  @Override
  public void stop() {
    running().destroy();
    end(running());
  }

  private void end(Process ending) {
    try {
      if (!ending.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        ending.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      ending.destroyForcibly();
    }
  }

  @Override
  public void pause() {
    signal("-STOP");
  }

  @Override
  public void resume() {
    signal("-CONT");
  }

  private void signal(String signal) {
    try {
      int exit =
          new ProcessBuilder("kill", signal, String.valueOf(running().pid()))
              .inheritIO()
              .start()
              .waitFor();
      if (exit != 0) {
        throw new IllegalStateException("Cannot send %s to %s.".formatted(signal, address));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void flush(String keyspace) {
    order(NodeMain.FLUSH + keyspace);
  }

  @Override
  public void refreshSizeEstimates() {
    order(NodeMain.ESTIMATES);
  }

  private synchronized void order(String order) {
    try {
      // The streams stay open: their end is the node's end.
      PrintStream out = new PrintStream(running().getOutputStream(), true, StandardCharsets.UTF_8);
      out.println(order);
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(running().getInputStream(), StandardCharsets.UTF_8), 1);
      String answer = in.readLine();
      if (!(NodeMain.DONE + order).equals(answer)) {
        throw new IllegalStateException(
            "The node at %s did not obey '%s': %s".formatted(address, order, answer));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
