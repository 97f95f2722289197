// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.spark;

import io.ringside.spark.it.maven.MavenArtifacts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import scala.util.Properties;

/**
 * A release of Spark as Maven has it.
 *
 * @param version such as {@code 4.2.0}
 * @param scala Scala's version in the artifacts' names, such as {@code 2.13}
 */
public record SparkRelease(String version, String scala) {
  private static final String GROUP = "org.apache.spark:";

  /** The one that the tests themselves run on. */
  public static SparkRelease underTest() {
    String scala = Properties.versionNumberString();
    return new SparkRelease(
        org.apache.spark.package$.MODULE$.SPARK_VERSION(),
        scala.substring(0, scala.lastIndexOf('.')));
  }

  /**
   * What lies in the folder {@code jars} of a distribution: Spark SQL and what it needs.
   *
   * @param more modules without what these need, such as {@code spark-connect}
   * @throws IllegalStateException when Maven does not find all of it
   */
  public List<Path> jars(String... more) {
    List<Path> jars = new ArrayList<>(MavenArtifacts.classPath(coordinates("spark-sql")));
    List<String> modules = new ArrayList<>();
    for (String module : more) {
      modules.add(coordinates(module));
    }
    jars.addAll(MavenArtifacts.jars(modules));
    return jars;
  }

  /** A module's, as {@code group:artifact:version}. */
  public String coordinates(String module) {
    return GROUP + module + '_' + scala + ':' + version;
  }
}
