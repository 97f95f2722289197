// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.spark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One call of {@code spark-submit}: the main class that the script of this name starts.
 *
 * @param master {@code --master}
 * @param jars {@code --jars}
 * @param options further ones, such as {@code --deploy-mode}, {@code cluster}
 * @param settings a {@code --conf} each
 */
public record SparkSubmit(
    String master, List<Path> jars, List<String> options, Map<String, String> settings) {
  private static final String MAIN = "org.apache.spark.deploy.SparkSubmit";
  private static final String ADDRESS = "127.0.0.1";

  /** Without options or settings. */
  public SparkSubmit(String master, List<Path> jars) {
    this(master, jars, List.of(), Map.of());
  }

  /**
   * Submits a program.
   *
   * @param name of the log in the home's directory
   */
  public SparkProcess start(SparkHome home, String name, Program program, List<String> args) {
    return start(home, name, program.mainClass(), program.jar().toString(), args);
  }

  /**
   * Submits a main class.
   *
   * @param name of the log in the home's directory
   * @param resource the jar with it, or {@code spark-internal} for one of Spark's own
   */
  public SparkProcess start(
      SparkHome home, String name, String mainClass, String resource, List<String> args) {
    List<String> line = new ArrayList<>(List.of("--master", master, "--class", mainClass));
    if (!jars.isEmpty()) {
      line.add("--jars");
      line.add(String.join(",", jars.stream().map(Path::toString).toList()));
    }
    line.addAll(options);
    conf(line, "spark.ui.enabled", "false");
    conf(line, "spark.driver.memory", "512m");
    conf(line, "spark.executor.memory", "512m");
    settings.forEach((key, value) -> conf(line, key, value));
    line.add(resource);
    line.addAll(args);
    return SparkProcess.start(home, name, ADDRESS, MAIN, line);
  }

  private static void conf(List<String> line, String key, String value) {
    line.add("--conf");
    line.add(key + '=' + value);
  }
}
