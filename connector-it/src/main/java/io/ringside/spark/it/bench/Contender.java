// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A contender in a JVM of its own, which takes the names of cases on standard input and answers
 * with a line of numbers; so all contenders stay warm and their runs interleave.
 */
final class Contender implements AutoCloseable {
  private static final String RESULT = "RESULT ";

  private final String name;
  private final Process process;
  private final PrintStream orders;
  private final BufferedReader answers;

  private Contender(String name, Process process) {
    this.name = name;
    this.process = process;
    this.orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Starts a main class; its standard error goes to a file. */
  static Contender start(
      String name, List<String> jvmOptions, List<Path> classPath, List<String> main, Path log) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xms1g");
    command.add("-Xmx1g");
    command.addAll(jvmOptions);
    command.add("-cp");
    command.add(String.join(File.pathSeparator, classPath.stream().map(Path::toString).toList()));
    command.addAll(main);
    try {
      return new Contender(name, new ProcessBuilder(command).redirectError(log.toFile()).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String name() {
    return name;
  }

  /**
   * Runs a case once.
   *
   * @throws IllegalStateException when the contender fails
   */
  Measurement run(BenchCase what, ProcessHandle server) {
    long serverBefore = cpu(server);
    orders.println(what.label());
    try {
      for (String line = answers.readLine(); line != null; line = answers.readLine()) {
        if (line.startsWith(RESULT)) {
          String[] numbers = line.substring(RESULT.length()).split(" ", -1);
          return new Measurement(
              Long.parseLong(numbers[0]),
              Long.parseLong(numbers[1]),
              Long.parseLong(numbers[2]),
              Long.parseLong(numbers[3]),
              Long.parseLong(numbers[4]),
              cpu(server) - serverBefore,
              0);
        }
      }
      throw new IllegalStateException("%s failed in %s; see its log".formatted(name, what.label()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs a case in a JVM that was just started.
   *
   * @param startNanos when it was started, by {@link System#nanoTime()}
   * @return measured from the start of the JVM, so with all of its CPU time
   */
  Measurement runFirst(BenchCase what, long startNanos, ProcessHandle server) {
    Measurement first = run(what, server);
    return new Measurement(
        first.rows(),
        System.nanoTime() - startNanos,
        cpu(process.toHandle()),
        first.allocatedBytes(),
        first.peakHeapBytes(),
        first.serverCpuNanos(),
        0);
  }

  private static long cpu(ProcessHandle handle) {
    return handle.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
  }

  /** The contender ends when its input does. */
  @Override
  public void close() {
    orders.close();
    process.destroy();
  }
}
