// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.cassandra;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A node's process: a child of this JVM, or one that an earlier JVM left running. */
final class NodeProcess {
  private static final String PID_FILE = "node.pid";
  private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

  /** The kernel's boot time, and with it every start time, may move a little. */
  private static final Duration START_TOLERANCE = Duration.ofSeconds(2);

  private final ProcessHandle handle;
  private final @Nullable Process child;

  private NodeProcess(ProcessHandle handle, @Nullable Process child) {
    this.handle = handle;
    this.child = child;
  }

  /**
   * Starts a process and notes its id in its folder.
   *
   * @param outlives whether it goes on when this JVM ends
   */
  static NodeProcess launch(List<String> command, Path directory, boolean outlives) {
    File output = directory.resolve("stderr.log").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output));
    if (outlives) {
      builder.redirectInput(new File("/dev/null"));
    }
    try {
      Process process = builder.start();
      Files.writeString(
          directory.resolve(PID_FILE), process.pid() + " " + startOf(process.toHandle()));
      return new NodeProcess(process.toHandle(), process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process that an earlier JVM noted in a folder, if that very process still runs. */
  static Optional<NodeProcess> find(Path directory) {
    Path file = directory.resolve(PID_FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      String[] noted = Files.readString(file).split(" ", 2);
      Instant start = Instant.parse(noted[1]);
      return ProcessHandle.of(Long.parseLong(noted[0]))
          .filter(
              handle ->
                  Duration.between(start, startOf(handle)).abs().compareTo(START_TOLERANCE) <= 0)
          .map(handle -> new NodeProcess(handle, null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Instant startOf(ProcessHandle handle) {
    return handle.info().startInstant().orElse(Instant.EPOCH);
  }

  boolean isAlive() {
    // A child has its exit code as soon as it counts as ended.
    return child == null ? handle.isAlive() : child.isAlive();
  }

  /** How it ended, for messages: a child's exit code, 128 and the signal's number after one. */
  String ending() {
    return child == null ? "an unknown code" : "code " + child.exitValue();
  }

  /** Ends it at once and waits until it is gone. */
  void kill() {
    handle.destroyForcibly();
    awaitEnd();
  }

  /** Asks it to end and waits; ends it at once when it does not within a minute. */
  void stop() {
    handle.destroy();
    if (!awaitEnd()) {
      kill();
    }
  }

  private boolean awaitEnd() {
    CompletableFuture<ProcessHandle> end = handle.onExit();
    try {
      end.get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !handle.isAlive();
    }
  }

  /**
   * Sends a signal.
   *
   * @param name as {@code kill} takes it, such as {@code STOP}
   */
  void signal(String name) {
    try {
      int exit =
          new ProcessBuilder("kill", "-" + name, String.valueOf(handle.pid()))
              .inheritIO()
              .start()
              .waitFor();
      if (exit != 0) {
        throw new IllegalStateException(
            "Cannot send %s to process %d: kill ended with code %d."
                .formatted(name, handle.pid(), exit));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
