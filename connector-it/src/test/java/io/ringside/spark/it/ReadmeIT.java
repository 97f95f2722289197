// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringside.spark.it.spark.SourceCompiler;
import io.ringside.spark.it.spark.SparkHome;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the code of the README as it stands there; only the cluster's address is put in. */
class ReadmeIT {
  private static final String ADDRESS = "10.0.0.1,10.0.0.2";
  private static final Map<String, Long> TOTALS = Map.of("s1", 3L, "s2", 1L);

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void makeTables() {
    Cassandra.keyspace("iot");
    Cassandra.cql(
        "CREATE TABLE iot.readings (sensor text, at timestamp, value double, PRIMARY KEY (sensor,"
            + " at))");
    Cassandra.cql("CREATE TABLE iot.totals (sensor text PRIMARY KEY, count bigint)");
    TOTALS.forEach(
        (sensor, readings) -> {
          for (long at = 0; at < readings; at++) {
            Cassandra.cql(
                "INSERT INTO iot.readings (sensor, at, value) VALUES (?, ?, 1)",
                sensor,
                Instant.ofEpochSecond(at));
          }
        });
  }

  /** The first block of a language in a section, with the address of the tests' Cassandra. */
  private static String block(String language) throws Exception {
    String readme = Files.readString(Path.of("..", "README.md"));
    Matcher block =
        Pattern.compile("## Use it.*?```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(readme);
    assertThat(block.find()).isTrue();
    String code = block.group(1);
    assertThat(code).contains(ADDRESS);
    return code.replace(ADDRESS, Cassandra.CLUSTER.contactPoint());
  }

  private static Map<String, Long> totals() {
    Map<String, Long> totals = new TreeMap<>();
    Cassandra.cql("SELECT sensor, count FROM iot.totals")
        .forEach(row -> totals.put(String.valueOf(row.getString(0)), row.getLong(1)));
    return totals;
  }

  @Test
  void runsTheJavaCode() throws Exception {
    Path source = folder.resolve("Readme.java");
    Files.writeString(
        source,
        """
        import org.apache.spark.sql.*;

        public class Readme {
          public static void run(SparkSession spark) {
        %s  }
        }
        """
            .formatted(block("java")));
    Path classes =
        SourceCompiler.compile(
            source,
            Arrays.stream(SparkHome.ownClassPath().split(File.pathSeparator, -1))
                .map(Path::of)
                .toList(),
            folder.resolve("classes"));
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
      loader.loadClass("Readme").getMethod("run", SparkSession.class).invoke(null, Spark.SESSION);
    }
    assertThat(totals()).isEqualTo(TOTALS);
  }

  @Test
  void runsTheSqlCode() throws Exception {
    SparkSession spark = Spark.SESSION.newSession();
    StringBuilder statements = new StringBuilder();
    Pattern setting = Pattern.compile("-- (\\S+)\\s+= (\\S+)");
    for (String line : block("sql").split("\n", -1)) {
      Matcher found = setting.matcher(line);
      if (found.matches()) {
        spark.conf().set(found.group(1), found.group(2));
      } else {
        statements.append(line).append('\n');
      }
    }
    for (String statement : statements.toString().split(";", -1)) {
      if (!statement.isBlank()) {
        spark.sql(statement).collectAsList();
      }
    }
    assertThat(totals()).isEqualTo(TOTALS);
  }
}
