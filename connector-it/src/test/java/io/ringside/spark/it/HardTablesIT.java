// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Tables that are hard to read, on a node of default settings with 1 GB of heap: all are read to
 * the end, with exact results.
 */
class HardTablesIT {
  /** How long a page of the slow table may take. */
  private static final AtomicLong PAGE_MILLIS = new AtomicLong();

  private static final String KS = "hard";
  private static final int WIDE_COLUMNS = 300;
  private static final int SLOW_ROWS = 300_000;

  @BeforeAll
  static void makeTables() {
    Metrics.addRegistry(new SimpleMeterRegistry());
    Cassandra.keyspace(KS);
  }

  private static double count(String meter) {
    Counter counter = Metrics.globalRegistry.find(meter).counter();
    return counter == null ? 0 : counter.count();
  }

  /** A query over the table {@code t}; the result as text. */
  private static String query(Dataset<Row> table, String sql) {
    table.createOrReplaceTempView("t");
    return Arrays.toString((Row[]) Spark.SESSION.sql(sql).collect());
  }

  private static void makeTombstones() {
    Cassandra.cql("DROP TABLE IF EXISTS hard.tombstones");
    Cassandra.cql(
        "CREATE TABLE hard.tombstones (id int PRIMARY KEY, a text, b text, c text, d text, e"
            + " text)");
    Spark.SESSION
        .range(60_000)
        .selectExpr(
            "cast(id AS int) AS id",
            "cast(null AS string) AS a",
            "cast(null AS string) AS b",
            "cast(null AS string) AS c",
            "cast(null AS string) AS d",
            "cast(null AS string) AS e")
        .write()
        .format("cassandra")
        .option("keyspace", KS)
        .option("table", "tombstones")
        .option("write.nulls", "tombstone")
        .mode("append")
        .save();
  }

  @Test
  void readsRowsOfNullCells() {
    makeTombstones();
    Dataset<Row> table = Spark.table(KS, "tombstones");
    assertThat(query(table, "SELECT count(*), max(a), count(b), sum(id) FROM t"))
        .isEqualTo("[[60000,null,0,1799970000]]");
    assertThat(query(table, "SELECT id % 2, count(*) FROM t GROUP BY id % 2 ORDER BY 1"))
        .isEqualTo("[[0,30000], [1,30000]]");
    assertThat(query(table, "SELECT count(*) FROM t WHERE a = 'x'")).isEqualTo("[[0]]");
  }

  @Test
  void readsPartitionsOfMoreDeletedCellsThanAServerScansAtATime() {
    Cassandra.cql("CREATE TABLE hard.deleted (k int, n int, a int, b int, PRIMARY KEY (k, n))");
    Spark.SESSION
        .range(80_000)
        .selectExpr(
            "1 AS k", "cast(id AS int) AS n", "cast(null AS int) AS a", "cast(null AS int) AS b")
        .write()
        .format("cassandra")
        .option("keyspace", KS)
        .option("table", "deleted")
        .option("write.nulls", "tombstone")
        .mode("append")
        .save();
    Dataset<Row> table = Spark.table(KS, "deleted");
    assertThat(query(table, "SELECT count(*), count(a), sum(n) FROM t"))
        .isEqualTo("[[80000,0,3199960000]]");
    assertThat(query(table, "SELECT k, count(*), max(a) FROM t GROUP BY k"))
        .isEqualTo("[[1,80000,null]]");
  }

  @Test
  void readsLargeRowsAmongSmallOnes() {
    Cassandra.cql("CREATE TABLE hard.mixed (k int, s int, body text, PRIMARY KEY (k, s))");
    Spark.append(
        Spark.SESSION.range(80_000).selectExpr("cast(id + 1 AS int) AS k", "0 AS s", "'x' AS body"),
        KS,
        "mixed");
    Spark.append(
        Spark.SESSION
            .range(6_000)
            .selectExpr("0 AS k", "cast(id AS int) AS s", "repeat('x', 65536) AS body"),
        KS,
        "mixed");
    Cassandra.CLUSTER.nodes().get(0).flush(KS);
    assertThat(
            query(
                Spark.table(KS, "mixed"),
                "SELECT count(*), sum(length(body)), min(k), max(s) FROM t"))
        .isEqualTo("[[86000,%d,0,5999]]".formatted(80_000 + 6_000L * 65536));
    Cassandra.cql("DROP TABLE hard.mixed");
  }

  @Test
  void readsRowsOfHalfAMegabyte() {
    Cassandra.cql("CREATE TABLE hard.large (k int PRIMARY KEY, body text)");
    Spark.append(
        Spark.SESSION.range(500).selectExpr("cast(id AS int) AS k", "repeat('x', 524288) AS body"),
        KS,
        "large");
    assertThat(query(Spark.table(KS, "large"), "SELECT count(*), sum(length(body)) FROM t"))
        .isEqualTo("[[500,%d]]".formatted(500L * 524288));
    assertThat(query(Spark.table(KS, "large"), "SELECT max(length(body)), max(k) FROM t"))
        .isEqualTo("[[524288,499]]");
    Cassandra.cql("DROP TABLE hard.large");
  }

  @Test
  void readsThreeHundredColumns() {
    String columns =
        IntStream.range(0, WIDE_COLUMNS)
            .mapToObj(c -> "c" + c + " int")
            .collect(Collectors.joining(", "));
    Cassandra.cql("CREATE TABLE hard.wide (id int PRIMARY KEY, " + columns + ")");
    String[] values =
        IntStream.range(-1, WIDE_COLUMNS)
            .mapToObj(
                c ->
                    c < 0
                        ? "cast(id AS int) AS id"
                        : "cast(id + %1$d AS int) AS c%1$d".formatted(c))
            .toArray(String[]::new);
    Spark.append(Spark.SESSION.range(3_000).selectExpr(values), KS, "wide");
    Dataset<Row> read = Spark.table(KS, "wide");
    assertThat(query(read, "SELECT count(*), sum(c0), sum(c299), max(c150) FROM t"))
        .isEqualTo("[[3000,4498500,5395500,3149]]");
    String all =
        IntStream.range(0, WIDE_COLUMNS).mapToObj(c -> "c" + c).collect(Collectors.joining(" + "));
    assertThat(query(read, "SELECT sum(cast(" + all + " AS bigint)) FROM t"))
        .isEqualTo("[[%d]]".formatted(300L * 4_498_500 + 3_000L * 44_850));
  }

  /** A partition that takes the server longer to evaluate than a page may take. */
  private static Dataset<Row> slow() {
    return Spark.SESSION
        .read()
        .format("cassandra")
        .option("keyspace", KS)
        .option("table", "slow")
        .option("read.page-timeout", PAGE_MILLIS.get() + "ms")
        .option("read.allow-filtering", "always")
        .load();
  }

  /** A quarter of what the server needs to filter the partition, whatever the machine. */
  private static long quarterOfFiltering() {
    long least = Long.MAX_VALUE;
    for (int run = 0; run < 3; run++) {
      long start = System.nanoTime();
      Cassandra.cql("SELECT count(*) FROM hard.slow WHERE k = 1 AND v > 997 ALLOW FILTERING").one();
      least = Math.min(least, System.nanoTime() - start);
    }
    return Math.max(1, TimeUnit.NANOSECONDS.toMillis(least) / 4);
  }

  private static void makeSlow() {
    Cassandra.cql(
        "CREATE TABLE IF NOT EXISTS hard.slow (k int, n int, v int, w text, PRIMARY KEY (k, n))");
    if (Cassandra.cql("SELECT n FROM hard.slow LIMIT 1").one() == null) {
      Spark.append(
          Spark.SESSION
              .range(SLOW_ROWS)
              .selectExpr(
                  "1 AS k",
                  "cast(id AS int) AS n",
                  "cast(id % 1000 AS int) AS v",
                  "concat('w', id % 10) AS w"),
          KS,
          "slow");
      PAGE_MILLIS.set(quarterOfFiltering());
    }
  }

  private static void assertThatTasksEvaluate(String sql, String result) {
    makeSlow();
    double before = count("ringside.read.fall-backs");
    assertThat(query(slow(), sql)).isEqualTo(result);
    assertThat(count("ringside.read.fall-backs")).isGreaterThan(before);
  }

  @Test
  void countsAPartitionThatTakesTheServerTooLong() {
    assertThatTasksEvaluate("SELECT count(*) FROM t", "[[300000]]");
  }

  @Test
  void countsALookedUpPartitionThatTakesTheServerTooLong() {
    assertThatTasksEvaluate("SELECT count(*) FROM t WHERE k = 1", "[[300000]]");
  }

  @Test
  void groupsAPartitionThatTakesTheServerTooLong() {
    assertThatTasksEvaluate(
        "SELECT k, count(*), sum(v), max(n) FROM t GROUP BY k", "[[1,300000,149850000,299999]]");
  }

  @Test
  void findsLeastAndGreatestOfAPartitionThatTakesTheServerTooLong() {
    assertThatTasksEvaluate("SELECT min(v), max(v), min(n), max(n) FROM t", "[[0,999,0,299999]]");
  }

  @Test
  void filtersAPartitionThatTakesTheServerTooLong() {
    assertThatTasksEvaluate(
        "SELECT count(n), sum(n) FROM (SELECT n, v FROM t WHERE k = 1 AND v = 1000 - 1) WHERE n >"
            + " 0",
        "[[300,%d]]".formatted(IntStream.range(0, 300).mapToLong(i -> 999L + 1000L * i).sum()));
  }

  @Test
  void countsFilteredRowsOfAPartitionThatTakesTheServerTooLong() {
    assertThatTasksEvaluate("SELECT count(*) FROM t WHERE k = 1 AND v > 997", "[[600]]");
  }

  private static long countWhileTruncated(String table, String onTruncate) {
    Cassandra.cql("CREATE TABLE hard." + table + " (id int PRIMARY KEY, v text)");
    Spark.append(
        Spark.SESSION.range(20_000).selectExpr("cast(id AS int) AS id", "'v' AS v"), KS, table);
    double before = count("ringside.read.rows");
    CompletableFuture<Long> scan =
        CompletableFuture.supplyAsync(
            () ->
                Spark.SESSION
                    .read()
                    .format("cassandra")
                    .option("keyspace", KS)
                    .option("table", table)
                    .option("read.pushdown", "false")
                    .option("read.rate-limit", "3000 rows")
                    .option("read.on-truncate", onTruncate)
                    .load()
                    .selectExpr("count(v)")
                    .first()
                    .getLong(0));
    Cassandra.await("rows", () -> count("ringside.read.rows") > before || scan.isDone());
    Cassandra.cql("TRUNCATE hard." + table);
    return scan.join();
  }

  @Test
  void failsWhereTheTableIsTruncatedMeanwhile() {
    assertThatThrownBy(() -> countWhileTruncated("emptied", "fail"))
        .hasStackTraceContaining("it was truncated while this task read it");
  }

  @Test
  void givesWhatIsLeftOfATruncatedTableIfAsked() {
    assertThat(countWhileTruncated("emptied2", "warn")).isBetween(1L, 19_999L);
  }
}
