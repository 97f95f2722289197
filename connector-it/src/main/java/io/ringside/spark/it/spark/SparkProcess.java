// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A main class in a JVM of its own, with its home's class path or another one and this JVM's
 * options for modules. It ends with this JVM at the latest.
 */
public final class SparkProcess implements AutoCloseable {
  /**
   * The process, and the executors that it starts, live for seconds and have few cores: the second
   * compiler would cost more than it gives. What the first one compiles takes more of the stack,
   * and the tasks of MLlib's alternating least squares are read by a deep recursion.
   */
  private static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xss4m";

  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  private final String name;
  private final Process process;
  private final Path log;

  private SparkProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts one with a heap of 512 MB.
   *
   * @param name of its log in the home's directory
   * @param address the local one that Spark listens on
   * @param mainClass public, as its method {@code main} is
   * @throws UncheckedIOException when there can be no process
   */
  public static SparkProcess start(
      SparkHome home, String name, String address, String mainClass, List<String> args) {
    return start(
        home.directory(), home.scala(), name, address, home.classPath(), Map.of(), mainClass, args);
  }

  /**
   * Starts one on another class path, which need not have Spark, with a heap of 512 MB, on
   * 127.0.0.1.
   *
   * @param directory where it runs and writes its log
   * @param name of its log
   * @param properties of its JVM; those that start with {@code spark.} are settings of Spark
   * @param mainClass public, as its method {@code main} is
   * @throws UncheckedIOException when there can be no process
   */
  public static SparkProcess start(
      Path directory,
      String name,
      List<Path> classPath,
      Map<String, String> properties,
      String mainClass,
      List<String> args) {
    List<Path> all = new ArrayList<>(classPath);
    // For the main class below.
    all.add(SourceCompiler.locationOf(WatchedMain.class));
    return start(
        directory,
        SparkRelease.underTest().scala(),
        name,
        "127.0.0.1",
        SourceCompiler.join(all),
        properties,
        mainClass,
        args);
  }

  private static SparkProcess start(
      Path directory,
      String scala,
      String name,
      String address,
      String classPath,
      Map<String, String> properties,
      String mainClass,
      List<String> args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-"))
        .forEach(command::add);
    properties.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.addAll(List.of("-Xmx512m", "-cp", classPath, WatchedMain.class.getName(), mainClass));
    command.addAll(args);
    Path log = directory.resolve(name + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("JDK_JAVA_OPTIONS", SHORT_LIVED);
    builder.environment().put("SPARK_HOME", directory.toString());
    builder.environment().put("SPARK_LOCAL_IP", address);
    // Only asked for, as there is a folder of jars.
    builder.environment().put("SPARK_SCALA_VERSION", scala);
    try {
      return new SparkProcess(name, builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether it has not ended yet. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Waits until it has ended by itself.
   *
   * @return all it printed
   * @throws IllegalStateException when it did not end in time, or with another code than 0; with
   *     what it printed
   */
  public String await(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException(
          "%s did not end within %s:%n%s".formatted(name, limit, output()));
    }
    if (process.exitValue() != 0) {
      throw new IllegalStateException(
          "%s ended with code %d:%n%s".formatted(name, process.exitValue(), output()));
    }
    return output();
  }

  /** All it has printed so far. */
  public String output() {
    try {
      return Files.readString(log, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it at once, as a crash does. */
  public void kill() {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Asks it to end; ends it at once when it does not within half a minute. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
