// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.matrix;

import io.ringside.spark.it.maven.MavenArtifacts;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The class path of the tests with another Spark in the place of the one that they were compiled
 * against. The classes of the tests and the connector's jar stay the same.
 */
final class TestClassPath {
  private final List<Path> own;
  private final String ownSpark;

  /**
   * Takes this JVM's.
   *
   * @param ownSpark the coordinates of the Spark that is on it
   */
  TestClassPath(String ownSpark) {
    this.own =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .toList();
    this.ownSpark = ownSpark;
  }

  static String coordinates(String spark, String scala) {
    return "org.apache.spark:spark-sql_%s:%s".formatted(scala, spark);
  }

  /**
   * With that Spark and all that it needs, as Maven resolves it for an application that has nothing
   * else; what the tests bring and Spark does not is behind it.
   *
   * @param spark coordinates
   */
  List<Path> with(String spark) {
    if (spark.equals(ownSpark)) {
      return own;
    }
    List<Path> wanted = MavenArtifacts.classPath(spark);
    Set<@Nullable Path> ofSpark = artifacts(MavenArtifacts.classPath(ownSpark));
    ofSpark.addAll(artifacts(wanted));
    List<Path> classPath = new ArrayList<>(own.stream().filter(path -> !isJar(path)).toList());
    classPath.addAll(wanted);
    own.stream()
        .filter(TestClassPath::isJar)
        .filter(jar -> !ofSpark.contains(artifact(jar)))
        .forEach(classPath::add);
    return classPath;
  }

  private static boolean isJar(Path path) {
    return path.toString().endsWith(".jar");
  }

  private static Set<@Nullable Path> artifacts(List<Path> jars) {
    Set<@Nullable Path> artifacts = new HashSet<>();
    jars.forEach(jar -> artifacts.add(artifact(jar)));
    return artifacts;
  }

  /** The folder of all versions of a jar in the local repository. */
  private static @Nullable Path artifact(Path jar) {
    Path version = jar.getParent();
    return version == null ? null : version.getParent();
  }
}
