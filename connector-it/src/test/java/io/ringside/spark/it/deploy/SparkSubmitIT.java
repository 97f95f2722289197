// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringside.spark.it.Cassandra;
import io.ringside.spark.it.maven.MavenArtifacts;
import io.ringside.spark.it.spark.Program;
import io.ringside.spark.it.spark.SparkHome;
import io.ringside.spark.it.spark.SparkProcess;
import io.ringside.spark.it.spark.SparkRelease;
import io.ringside.spark.it.spark.SparkSubmit;
import io.ringside.spark.it.spark.StandaloneCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The connector in {@code spark-submit --jars}, next to an application that brings old versions of
 * what the connector is made with: the Java driver and its Netty, Guava, typesafe-config.
 */
class SparkSubmitIT {
  private static final int ROWS = 2_000;
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final String DRIVER = "com.datastax.oss.driver.api.core.CqlSession";
  private static final String GUAVA = "com.google.common.base.Joiner";
  private static final String NETTY = "io.netty.buffer.ByteBuf";
  private static final String CONFIG = "com.typesafe.config.Config";

  @TempDir static Path directory;

  private static JobTables tables;
  private static SparkRelease release;
  private static List<Path> sparkJars;
  private static SparkHome home;
  private static StandaloneCluster cluster;

  @BeforeAll
  static void startCluster() throws Exception {
    tables = JobTables.make(Cassandra.SESSION, "submit", ROWS);
    release = SparkRelease.underTest();
    sparkJars = release.jars();
    home = SparkHome.make(Files.createDirectory(directory.resolve("spark")), release, sparkJars);
    cluster = StandaloneCluster.start(home, List.of("127.0.0.1", "127.0.0.2"));
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @AfterEach
  void clear() {
    tables.clear();
  }

  /** What the application brings along. */
  private static List<Path> oldJars() {
    List<Path> jars =
        new ArrayList<>(MavenArtifacts.jars(List.of("com.google.guava:guava:16.0.1")));
    jars.addAll(MavenArtifacts.jars(List.of("com.typesafe:config:1.2.1")));
    MavenArtifacts.classPath("com.datastax.oss:java-driver-core:4.13.0").stream()
        .filter(jar -> !jar.getFileName().toString().startsWith("config-"))
        .forEach(jars::add);
    return jars;
  }

  private static Map<String, String> settings(boolean userClassPathFirst) {
    Map<String, String> settings =
        new HashMap<>(JobTables.settings(Cassandra.CLUSTER.contactPoint()));
    settings.put("spark.driver.userClassPathFirst", String.valueOf(userClassPathFirst));
    settings.put("spark.executor.userClassPathFirst", String.valueOf(userClassPathFirst));
    return settings;
  }

  private static List<String> arguments() {
    return List.of(tables.keyspace(), String.valueOf(ROWS), "4", DRIVER, GUAVA, NETTY, CONFIG);
  }

  private static List<Path> withConnector(List<Path> jars) {
    List<Path> all = new ArrayList<>(jars);
    all.add(JobTables.connector());
    return all;
  }

  @Test
  void worksWithOldLibrariesInJars() throws Exception {
    Program program = Program.compile(folder("jars"), "ClusterJob", sparkJars);
    String log = submit("jars", program, withConnector(oldJars()), List.of(), settings(false));
    assertThat(log).containsOnlyOnce("Spark's SQL tab shows N/A for the connector's metrics");
    assertSeen(log, DRIVER, "java-driver-core-4.13.0.jar");
    assertSeen(log, CONFIG, "config-1.2.1.jar");
  }

  @Test
  void worksWithOldLibrariesInJarsThatGoFirst() throws Exception {
    Program program = Program.compile(folder("jars-first"), "ClusterJob", sparkJars);
    String log = submit("jars-first", program, withConnector(oldJars()), List.of(), settings(true));
    assertSeen(log, DRIVER, "java-driver-core-4.13.0.jar");
    assertSeen(log, CONFIG, "config-1.2.1.jar");
    assertSeen(log, GUAVA, "guava-16.0.1.jar");
    assertSeen(log, NETTY, "netty-buffer-4.1.60.Final.jar");
  }

  @Test
  void worksWithOldLibrariesInsideTheApplication() throws Exception {
    Program program = Program.compile(folder("fat-first"), "ClusterJob", sparkJars, oldJars());
    List<Path> connector = List.of(JobTables.connector());
    String log = submit("fat-first", program, connector, List.of(), settings(true));
    for (String name : List.of(DRIVER, CONFIG, GUAVA, NETTY)) {
      assertSeen(log, name, "ClusterJob.jar");
    }
  }

  /** The driver too runs in the cluster; the call waits for it. */
  @Test
  void worksInClusterMode() throws Exception {
    Program program = Program.compile(folder("cluster"), "ClusterJob", sparkJars);
    Map<String, String> settings = settings(true);
    settings.put("spark.standalone.submit.waitAppCompletion", "true");
    List<String> options = List.of("--deploy-mode", "cluster");
    run("cluster", program, withConnector(oldJars()), options, settings);
    tables.assertDone();
  }

  /** The oldest Spark, of the other Scala, with the same jar. */
  @Test
  void worksOnSpark35WithOldLibrariesInJarsThatGoFirst() throws Exception {
    SparkRelease old = new SparkRelease("3.5.9", "2.12");
    List<Path> jars = old.jars();
    SparkHome oldHome = SparkHome.make(folder("spark-3.5"), old, jars);
    Program program = Program.compile(folder("jars-3.5"), "ClusterJob", jars);
    try (StandaloneCluster oldCluster = StandaloneCluster.start(oldHome, List.of("127.0.0.1"));
        SparkProcess job =
            new SparkSubmit(
                    oldCluster.master(), withConnector(oldJars()), List.of(), settings(true))
                .start(oldHome, "job", program, arguments())) {
      String log = job.await(LIMIT);
      assertThat(log).contains("JOB OK " + tables.rowsWhenDone());
      assertSeen(log, DRIVER, "java-driver-core-4.13.0.jar");
      assertSeen(log, GUAVA, "guava-16.0.1.jar");
      assertSeen(log, NETTY, "netty-buffer-4.1.60.Final.jar");
    }
    tables.assertDone();
  }

  private static Path folder(String name) throws Exception {
    return Files.createDirectory(directory.resolve(name));
  }

  private static String submit(
      String name,
      Program program,
      List<Path> jars,
      List<String> options,
      Map<String, String> settings)
      throws InterruptedException {
    String log = run(name, program, jars, options, settings);
    assertThat(log).contains("JOB OK " + tables.rowsWhenDone());
    tables.assertDone();
    return log;
  }

  private static String run(
      String name,
      Program program,
      List<Path> jars,
      List<String> options,
      Map<String, String> settings)
      throws InterruptedException {
    try (SparkProcess job =
        new SparkSubmit(cluster.master(), jars, options, settings)
            .start(home, name, program, arguments())) {
      return job.await(LIMIT);
    }
  }

  /** Driver and executors have a class from this jar and nowhere else: the conflict is there. */
  private static void assertSeen(String log, String name, String jar) {
    for (String who : List.of("DRIVER", "EXECUTOR")) {
      String begin = who + " SEES " + name + ' ';
      assertThat(log.lines().filter(line -> line.startsWith(begin)))
          .as(begin)
          .isNotEmpty()
          .allMatch(line -> line.endsWith(jar));
    }
  }
}
