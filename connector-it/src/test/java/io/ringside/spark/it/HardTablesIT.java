// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tables that are hard to read, on a node of default settings with 1 GB of heap: all are read to
 * the end, with exact results.
 */
@Tag("alone")
class HardTablesIT {
  private static final String KS = "hard";
  private static final int WIDE_COLUMNS = 300;

  /** Rows whose five cells are deleted; a scan must not fail for more of them either. */
  private static final int NULL_ROWS = Integer.getInteger("hard.null-rows", 60_000);

  /** Rows of half a megabyte. */
  private static final int LARGE_ROWS = Integer.getInteger("hard.large-rows", 500);

  /** Rows of the one partition that takes the server too long; a multiple of a thousand. */
  private static final int SLOW_ROWS = Integer.getInteger("hard.partition-rows", 300_000);

  private static final SlowPartition SLOW = new SlowPartition(KS, SLOW_ROWS);

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
        .range(NULL_ROWS)
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
        .isEqualTo("[[%d,null,0,%d]]".formatted(NULL_ROWS, sumBelow(NULL_ROWS)));
    assertThat(query(table, "SELECT id % 2, count(*) FROM t GROUP BY id % 2 ORDER BY 1"))
        .isEqualTo("[[0,%1$d], [1,%1$d]]".formatted(NULL_ROWS / 2));
    assertThat(query(table, "SELECT count(*) FROM t WHERE a = 'x'")).isEqualTo("[[0]]");
  }

  /** Definitions of so many columns. */
  private static String ints(int columns) {
    return IntStream.range(0, columns)
        .mapToObj(c -> "c" + c + " int")
        .collect(Collectors.joining(", "));
  }

  /** The sum of 0 to {@code count - 1}. */
  private static long sumBelow(long count) {
    return count * (count - 1) / 2;
  }

  @Test
  void readsPagesOfMoreDeletedCellsThanAServerScansAtATime() {
    Cassandra.cql(
        "CREATE TABLE hard.deleted (k int, n int, %s, PRIMARY KEY (k, n))".formatted(ints(60)));
    Stream<String> keys = Stream.of("1 AS k", "cast(id AS int) AS n");
    Stream<String> nulls = IntStream.range(0, 60).mapToObj(c -> "cast(null AS int) AS c" + c);
    Spark.SESSION
        .range(10_000)
        .selectExpr(Stream.concat(keys, nulls).toArray(String[]::new))
        .write()
        .format("cassandra")
        .option("keyspace", KS)
        .option("table", "deleted")
        .option("write.nulls", "tombstone")
        .mode("append")
        .save();
    double reductions = count("ringside.read.page-reductions");
    Dataset<Row> table = Spark.table(KS, "deleted");
    assertThat(query(table, "SELECT count(*), count(c0), sum(n), max(c59) FROM t"))
        .isEqualTo("[[10000,0,49995000,null]]");
    assertThat(query(table, "SELECT k, count(*), max(c0) FROM t GROUP BY k"))
        .isEqualTo("[[1,10000,null]]");
    assertThat(count("ringside.read.page-reductions")).isGreaterThan(reductions);
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
        Spark.SESSION
            .range(LARGE_ROWS)
            .selectExpr("cast(id AS int) AS k", "repeat('x', 524288) AS body"),
        KS,
        "large");
    assertThat(query(Spark.table(KS, "large"), "SELECT count(*), sum(length(body)) FROM t"))
        .isEqualTo("[[%d,%d]]".formatted(LARGE_ROWS, LARGE_ROWS * 524288L));
    assertThat(query(Spark.table(KS, "large"), "SELECT max(length(body)), max(k) FROM t"))
        .isEqualTo("[[524288,%d]]".formatted(LARGE_ROWS - 1));
    Cassandra.cql("DROP TABLE hard.large");
  }

  @Test
  void readsThreeHundredColumns() {
    Cassandra.cql("CREATE TABLE hard.wide (id int PRIMARY KEY, " + ints(WIDE_COLUMNS) + ")");
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

  private static void assertThatTasksEvaluate(String sql, String result) {
    double before = count("ringside.read.fall-backs");
    assertThat(query(SLOW.table(), sql)).isEqualTo(result);
    assertThat(count("ringside.read.fall-backs")).isGreaterThan(before);
  }

  @Test
  void countsAPartitionThatTakesTheServerTooLong() {
    assertThatTasksEvaluate("SELECT count(*) FROM t", "[[%d]]".formatted(SLOW_ROWS));
  }

  @Test
  void countsALookedUpPartitionThatTakesTheServerTooLong() {
    assertThatTasksEvaluate("SELECT count(*) FROM t WHERE k = 1", "[[%d]]".formatted(SLOW_ROWS));
  }

  @Test
  void groupsAPartitionThatTakesTheServerTooLong() {
    assertThatTasksEvaluate(
        "SELECT k, count(*), sum(v), max(n) FROM t GROUP BY k",
        "[[1,%d,%d,%d]]".formatted(SLOW_ROWS, SLOW_ROWS / 1000 * sumBelow(1000), SLOW_ROWS - 1));
  }

  @Test
  void findsLeastAndGreatestOfAPartitionThatTakesTheServerTooLong() {
    assertThatTasksEvaluate(
        "SELECT min(v), max(v), min(n), max(n) FROM t", "[[0,999,0,%d]]".formatted(SLOW_ROWS - 1));
  }

  @Test
  void filtersAPartitionThatTakesTheServerTooLong() {
    assertThatTasksEvaluate(
        "SELECT count(n), sum(n) FROM (SELECT n, v FROM t WHERE k = 1 AND v = 1000 - 1) WHERE n >"
            + " 0",
        "[[%d,%d]]"
            .formatted(
                SLOW_ROWS / 1000,
                IntStream.range(0, SLOW_ROWS / 1000).mapToLong(i -> 999L + 1000L * i).sum()));
  }

  @Test
  void countsFilteredRowsOfAPartitionThatTakesTheServerTooLong() {
    assertThatTasksEvaluate(
        "SELECT count(*) FROM t WHERE k = 1 AND v > 997", "[[%d]]".formatted(SLOW_ROWS / 1000 * 2));
  }
}
