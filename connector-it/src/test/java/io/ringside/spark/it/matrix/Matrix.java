// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.matrix;

import io.ringside.spark.CassandraSource;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Runs the tests with the tag {@code matrix} once for each {@link Combination}, one after the
 * other, each in a JVM of its own with a Cassandra of its own, all with the same jar of the
 * connector; prints a line for each and ends with code 1 if a test failed.
 *
 * <p>System properties: {@code matrix} names combinations, {@code matrix.tests} classes; {@code
 * matrix.docs}, when not empty, writes the table of the README from a complete run.
 */
public final class Matrix {
  private static final Path DIRECTORY = Path.of("target", "matrix").toAbsolutePath();
  private static final Duration LIMIT = Duration.ofMinutes(40);

  /** From this version on, Java warns of what Spark's and Netty's memory needs. */
  private static final int FIRST_JAVA_WITH_WARNINGS = 24;

  private final TestClassPath classPaths;
  private final Path connector;
  private final String checksum;

  private Matrix(TestClassPath classPaths, Path connector) throws IOException {
    this.classPaths = classPaths;
    this.connector = connector;
    this.checksum = Checksum.of(connector);
  }

  /** Takes no arguments. */
  public static void main(String[] args) throws Exception {
    Optional<JavaHome> newest = JavaHome.newest();
    List<Combination> all = Combination.all(JavaHome.current(), newest);
    List<Combination> chosen = Combination.named(System.getProperty("matrix", ""), all);
    Matrix matrix =
        new Matrix(
            new TestClassPath(
                TestClassPath.coordinates(
                    System.getProperty("spark.version", ""),
                    System.getProperty("scala.binary.version", ""))),
            Path.of(
                CassandraSource.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
    System.out.printf("connector %s sha256 %s%n", matrix.connector, matrix.checksum);
    if (newest.isEmpty()) {
      System.out.printf(
          "no line for a newer Java: none newer than %d found%n", JavaHome.current().feature());
    }
    Files.createDirectories(DIRECTORY);
    Map<Combination, Outcomes> results = new LinkedHashMap<>();
    boolean ok = true;
    for (Combination one : chosen) {
      Outcomes outcomes = matrix.run(one);
      results.put(one, outcomes);
      ok &= outcomes.failed().isEmpty();
    }
    boolean complete =
        chosen.size() == all.size() && System.getProperty("matrix.tests", "").isBlank();
    if (ok && complete && !System.getProperty("matrix.docs", "").isEmpty()) {
      MatrixDocument.write(Path.of("..", "README.md"), results);
    }
    if (ok) {
      System.out.println("MATRIX OK");
    }
    System.exit(ok ? 0 : 1);
  }

  /** Runs one combination and prints what came of it. */
  private Outcomes run(Combination one) throws IOException, InterruptedException {
    Path file = DIRECTORY.resolve(one.label() + ".outcomes");
    Path log = DIRECTORY.resolve(one.label() + ".log");
    Files.deleteIfExists(file);
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command(one, file))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Thread end = new Thread(process::destroy, "matrix-shutdown");
    Runtime.getRuntime().addShutdownHook(end);
    boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
    if (!ended) {
      process.destroy();
      process.waitFor();
    }
    Runtime.getRuntime().removeShutdownHook(end);
    Outcomes outcomes = checked(one, Outcomes.read(file), log);
    outcomes.leftOut().forEach(line -> System.out.println("  left out: " + line));
    outcomes.failed().forEach(line -> System.out.println("  failed: " + line));
    if (!outcomes.failed().isEmpty()) {
      System.out.println("  log: " + log);
    }
    System.out.printf(
        "MATRIX %s passed=%d failed=%d%n", one, outcomes.passed(), outcomes.failed().size());
    System.out.printf(
        "  %d left out, %d s%n",
        outcomes.leftOut().size(), Duration.ofNanos(System.nanoTime() - start).toSeconds());
    return outcomes;
  }

  /** A run that did not end, ran nothing or ran on something else has failed. */
  private Outcomes checked(Combination one, Outcomes outcomes, Path log) {
    List<String> failed = new ArrayList<>(outcomes.failed());
    List<String> facts = outcomes.facts();
    if (facts.isEmpty()) {
      failed.add("the run did not come to its end; see " + log);
    } else if (outcomes.passed() == 0) {
      failed.add("no test ran");
    } else if (!facts.get(0).equals(one.spark())
        || !facts.get(1).startsWith(one.scala() + '.')
        || !one.cassandra().startsWith(facts.get(2).replaceFirst("-.*", ""))
        || !facts.get(3).equals(String.valueOf(one.java().feature()))
        || !facts.get(4).equals(checksum)) {
      failed.add("it ran on " + facts);
    }
    return new Outcomes(outcomes.passed(), failed, outcomes.leftOut(), facts);
  }

  private List<String> command(Combination one, Path outcomes) {
    List<String> command = new ArrayList<>(List.of(one.java().launcher(), "-Xmx1g"));
    command.addAll(Arrays.asList(System.getProperty("spark.jvm.options", "").trim().split(" +")));
    if (one.java().feature() >= FIRST_JAVA_WITH_WARNINGS) {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.add("-Dmaven.repo.local=" + System.getProperty("maven.repo.local", ""));
    command.add("-Dit.cassandra.version=" + one.cassandra());
    command.add("-Dit.cassandra.java.home=" + JavaHome.current().directory());
    // Fewer than by default: what they try, the planner, is the same code on all versions.
    command.add("-Dpredicates=500");
    command.add("-cp");
    command.add(
        String.join(
            File.pathSeparator,
            classPaths.with(TestClassPath.coordinates(one.spark(), one.scala())).stream()
                .map(Path::toString)
                .toList()));
    command.add(MatrixTests.class.getName());
    command.add(outcomes.toString());
    String tests = System.getProperty("matrix.tests", "");
    if (!tests.isBlank()) {
      command.add(tests);
    }
    return command;
  }
}
