// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringside.spark.it.spark.SparkHome;
import io.ringside.spark.it.spark.SparkProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four tasks in a JVM of 512 MB, Spark's own heap included, read rows of many columns and cells of
 * a megabyte slowly, copy rows of many columns, and write rows of many partitions, without running
 * out of memory.
 */
class FourTasksIT {
  private static final String KS = "four_tasks";
  private static final int COLUMNS = 300;

  /** A multiple of a hundred. */
  private static final int WIDE_ROWS = Integer.getInteger("four-tasks.rows", 10_000);

  private static final int LARGE_ROWS = WIDE_ROWS / 100;
  private static final int MEGABYTE = 1 << 20;
  private static final Duration LIMIT = Duration.ofMinutes(8);

  @TempDir private Path directory;

  @BeforeAll
  static void makeTables() {
    Cassandra.keyspace(KS);
    Cassandra.cql(
        "CREATE TABLE four_tasks.wide (id bigint PRIMARY KEY, %s)".formatted(columns("int")));
    Cassandra.cql("CREATE TABLE four_tasks.large (id bigint PRIMARY KEY, body text)");
    Cassandra.cql(
        "CREATE TABLE four_tasks.written (id bigint PRIMARY KEY, %s)"
            .formatted(columns("tinyint")));
    Cassandra.cql(
        "CREATE TABLE four_tasks.texts (k bigint, n bigint, body text, PRIMARY KEY (k, n))");
    Stream<String> cells = IntStream.range(0, COLUMNS).mapToObj(c -> "cast(id AS int) AS c" + c);
    Spark.append(
        Spark.SESSION
            .range(WIDE_ROWS)
            .selectExpr(Stream.concat(Stream.of("id"), cells).toArray(String[]::new)),
        KS,
        "wide");
    Spark.append(
        Spark.SESSION
            .range(LARGE_ROWS)
            .selectExpr("id", "repeat('x', %d) AS body".formatted(MEGABYTE)),
        KS,
        "large");
  }

  @AfterAll
  static void drop() {
    Cassandra.cql("DROP KEYSPACE " + KS);
  }

  private static String columns(String type) {
    return IntStream.range(0, COLUMNS)
        .mapToObj(c -> "c%d %s".formatted(c, type))
        .collect(Collectors.joining(", "));
  }

  @Test
  void readAndWriteWithinTheHeap() throws InterruptedException {
    SparkHome home = SparkHome.make(directory);
    try (SparkProcess job =
        SparkProcess.start(
            home,
            "job",
            "127.0.0.1",
            FourTasksJob.class.getName(),
            List.of(Cassandra.CLUSTER.contactPoint(), KS, String.valueOf(WIDE_ROWS)))) {
      String log = job.await(LIMIT);
      assertThat(log).doesNotContain("OutOfMemoryError");
      assertThat(log)
          .contains(
              "%s%d %d, %d %d"
                  .formatted(
                      FourTasksJob.READ,
                      WIDE_ROWS,
                      (long) WIDE_ROWS * (WIDE_ROWS - 1) / 2,
                      LARGE_ROWS,
                      (long) LARGE_ROWS * MEGABYTE));
    }
    assertThat(summary("written", "count(*)", "sum(c0)", "sum(c299)"))
        .isEqualTo("%1$d %2$d %2$d".formatted(WIDE_ROWS, WIDE_ROWS / 100 * 4950));
    long texts = (long) FourTasksJob.TEXTS * WIDE_ROWS;
    assertThat(summary("texts", "count(*)", "sum(n)", "sum(length(body))"))
        .isEqualTo(
            "%d %d %d".formatted(texts, texts * (texts - 1) / 2, texts * FourTasksJob.TEXT_BYTES));
  }

  private static String summary(String table, String... expressions) {
    return Spark.table(KS, table).selectExpr(expressions).first().mkString(" ");
  }
}
