// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.matrix;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import io.ringside.spark.CassandraSource;
import io.ringside.spark.it.Cassandra;
import io.ringside.spark.it.Spark;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs the tests with the tag {@code matrix} in this JVM, on the Spark that is on its class path,
 * and writes what came of them to a file.
 */
final class MatrixTests implements TestExecutionListener {
  private static final String TAG = "matrix";

  private static final int LONGEST_ARGUMENTS = 100;

  private final PrintWriter outcomes;

  private MatrixTests(PrintWriter outcomes) {
    this.outcomes = outcomes;
  }

  /**
   * Takes the file for the outcomes, and optionally a list of names of classes.
   *
   * @throws Exception when nothing could be run; a failed test is an outcome
   */
  public static void main(String[] args) throws Exception {
    String[] names = args.length > 1 ? args[1].split(",") : new String[] {"\\w+IT"};
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectPackage("io.ringside.spark.it"))
            .filters(
                TagFilter.includeTags(TAG),
                ClassNameFilter.includeClassNamePatterns(
                    Arrays.stream(names).map(name -> ".*\\." + name).toArray(String[]::new)))
            .build();
    try (PrintWriter outcomes =
        new PrintWriter(Files.newBufferedWriter(Path.of(args[0]), StandardCharsets.UTF_8), true)) {
      LauncherFactory.create().execute(request, new MatrixTests(outcomes));
      for (String fact : facts()) {
        outcomes.println(Outcomes.FACT + fact);
      }
    }
    // Whatever threads Spark leaves.
    System.exit(0);
  }

  /** What really ran, in the order of {@link Outcomes#facts}. */
  private static List<String> facts() throws Exception {
    Path connector =
        Path.of(CassandraSource.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    return List.of(
        Spark.SESSION.version(),
        scala.util.Properties.versionNumberString(),
        String.valueOf(
            Cassandra.cql("SELECT release_version FROM system.local").one().getString(0)),
        String.valueOf(Runtime.version().feature()),
        Checksum.of(connector));
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    outcomes.println(Outcomes.LEFT_OUT + name(test) + ": " + reason);
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (result.getStatus() == Status.SUCCESSFUL) {
      if (test.isTest()) {
        outcomes.println(Outcomes.PASSED + name(test));
      }
      return;
    }
    Throwable cause = result.getThrowable().orElseGet(() -> new AssertionError("aborted"));
    System.err.println(name(test) + " failed");
    cause.printStackTrace();
    outcomes.println(
        Outcomes.FAILED + name(test) + ": " + String.valueOf(cause).lines().findFirst().orElse(""));
  }

  private static String name(TestIdentifier test) {
    return test.getSource()
        .map(
            source ->
                source instanceof MethodSource method
                    ? simple(method.getClassName())
                        + '.'
                        + method.getMethodName()
                        + suffix(test, method.getMethodName())
                    : source instanceof ClassSource type
                        ? simple(type.getClassName())
                        : test.getDisplayName())
        .orElse(test.getDisplayName());
  }

  /** The arguments of a parameterized test, which may be long. */
  private static String suffix(TestIdentifier test, String method) {
    String arguments = test.getDisplayName();
    return arguments.startsWith(method)
        ? ""
        : ' ' + arguments.substring(0, Math.min(arguments.length(), LONGEST_ARGUMENTS));
  }

  private static String simple(String className) {
    return className.substring(className.lastIndexOf('.') + 1);
  }
}
