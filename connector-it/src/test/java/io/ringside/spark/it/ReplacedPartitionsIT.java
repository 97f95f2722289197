// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.cql.Row;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Overwrites of the partitions that come in, and of no others, asked from Cassandra itself. */
@Tag("matrix")
class ReplacedPartitionsIT {
  private static final String KS = "replaced_partitions";
  private static final SparkSession SPARK = Spark.SESSION;

  @BeforeAll
  static void makeKeyspace() {
    Cassandra.keyspace(KS);
  }

  /** Three partitions of four rows each, all of them old. */
  private static void make(String table) {
    Cassandra.cql(
        "CREATE TABLE %s.%s (a int, b text, c int, s text static, v int, w text, PRIMARY KEY ((a, b), c))"
            .formatted(KS, table));
    for (int a = 0; a < 3; a++) {
      for (int c = 0; c < 4; c++) {
        Cassandra.cql(
            "INSERT INTO %s.%s (a, b, c, s, v, w) VALUES (?, 'b', ?, 'old', 0, 'old')"
                .formatted(KS, table),
            a,
            c);
      }
    }
  }

  private static Dataset<org.apache.spark.sql.Row> rows(long count, String... columns) {
    return SPARK.range(count).selectExpr(columns);
  }

  /** New rows 3 and 4 of partitions 1 and 2. */
  private static Dataset<org.apache.spark.sql.Row> news() {
    return rows(
        4,
        "cast(1 + id % 2 AS int) AS a",
        "'b' AS b",
        "cast(3 + id div 2 AS int) AS c",
        "'new' AS s",
        "cast(id AS int) AS v",
        "'new' AS w");
  }

  private static void replace(Dataset<org.apache.spark.sql.Row> rows, String table)
      throws NoSuchTableException {
    rows.writeTo("cass.%s.%s".formatted(KS, table)).overwritePartitions();
  }

  private static void save(
      Dataset<org.apache.spark.sql.Row> rows, String table, Map<String, String> options) {
    rows.write()
        .format("cassandra")
        .option("keyspace", KS)
        .option("table", table)
        .option("partitionOverwriteMode", "dynamic")
        .options(options)
        .mode("overwrite")
        .save();
  }

  /** Performs an action while INSERT OVERWRITE replaces the partitions that come in. */
  private static void dynamically(Runnable action) {
    SPARK.conf().set("spark.sql.sources.partitionOverwriteMode", "dynamic");
    try {
      action.run();
    } finally {
      SPARK.conf().unset("spark.sql.sources.partitionOverwriteMode");
    }
  }

  private static List<String> select(String columns, String table) {
    return Cassandra.cql("SELECT %s FROM %s.%s".formatted(columns, KS, table)).all().stream()
        .map(
            row ->
                IntStream.range(0, row.getColumnDefinitions().size())
                    .mapToObj(i -> String.valueOf(row.getObject(i)))
                    .collect(Collectors.joining(" ")))
        .toList();
  }

  private static void assertReplaced(String table) {
    assertThat(String.join(", ", new TreeSet<>(select("a, c, s, v, w", table))))
        .isEqualTo(
            "0 0 old 0 old, 0 1 old 0 old, 0 2 old 0 old, 0 3 old 0 old,"
                + " 1 3 new 0 new, 1 4 new 2 new, 2 3 new 1 new, 2 4 new 3 new");
  }

  @Test
  void overwritePartitionsReplacesThoseThatComeIn() throws NoSuchTableException {
    make("by_writer");
    long before = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
    replace(news(), "by_writer");
    assertReplaced("by_writer");
    Set<Long> times = new HashSet<>();
    for (Row row :
        Cassandra.cql(
            "SELECT s, writetime(s), writetime(v), writetime(w) FROM " + KS + ".by_writer")) {
      if (String.valueOf(row.getString(0)).equals("new")) {
        times.addAll(List.of(row.getLong(1), row.getLong(2), row.getLong(3)));
      }
    }
    assertThat(times).as("write times of all new cells").hasSize(1);
    assertThat(times.iterator().next()).isGreaterThanOrEqualTo(before);
  }

  @Test
  void insertOverwriteReplacesThemWhereSparkIsSetSo() {
    make("by_sql");
    news().createOrReplaceTempView("replaced_news");
    String insert =
        "INSERT OVERWRITE cass.%s.by_sql (a, b, c, s, v, w) SELECT a, b, c, s, v, w FROM replaced_news"
            .formatted(KS);
    dynamically(
        () -> {
          assertThat(SPARK.sql("EXPLAIN EXTENDED " + insert).first().getString(0))
              .contains(
                  "DELETE FROM %s.by_sql USING TIMESTAMP ? WHERE a=? AND b=?; INSERT INTO %s.by_sql"
                      .formatted(KS, KS));
          assertThat(select("v", "by_sql")).containsOnly("0");
          SPARK.sql(insert);
        });
    assertReplaced("by_sql");
  }

  @Test
  void aPartitionThatTheStatementNamesIsReplacedByItsCondition() {
    make("by_name");
    dynamically(
        () ->
            SPARK.sql(
                "INSERT OVERWRITE cass.%s.by_name PARTITION (a = 1, b = 'b') (c, s, v, w) VALUES (9, 'new', 9, 'new')"
                    .formatted(KS)));
    assertThat(select("a, c, s, v", "by_name"))
        .hasSize(9)
        .contains("1 9 new 9", "0 0 old 0", "2 3 old 0")
        .doesNotContain("1 0 old 0");
  }

  @Test
  void saveWithModeOverwriteReplacesThemByAnOption() {
    make("by_option");
    save(news(), "by_option", Map.of());
    assertReplaced("by_option");
  }

  @Test
  void columnsThatTheDataDoesNotHaveAreEmptyAfterwardsAsAreNulls() {
    make("partial");
    save(
        rows(2, "1 AS a", "'b' AS b", "cast(id AS int) AS c", "if(id = 0, null, 7) AS v"),
        "partial",
        Map.of("write.ttl", "5000"));
    assertThat(select("a, c, s, v, w", "partial"))
        .hasSize(10)
        .contains("1 0 null null null", "1 1 null 7 null");
    assertThat(
            Cassandra.cql("SELECT ttl(v) FROM " + KS + ".partial WHERE a = 1 AND b = 'b' AND c = 1")
                .one()
                .getInt(0))
        .isBetween(1, 5000);
  }

  @Test
  void partitionsOfManyBatchesAreReplacedToo() {
    make("large");
    save(
        rows(3_000, "1 AS a", "'b' AS b", "cast(id + 2 AS int) AS c", "cast(id AS int) AS v"),
        "large",
        Map.of("write.batch-rows", "7"));
    assertThat(select("a, c, v", "large"))
        .hasSize(3_008)
        .contains("1 2 0", "1 3001 2999")
        .doesNotContain("1 0 0", "1 1 0");
  }

  @Test
  void partitionsOfOneRowAreReplaced() {
    Cassandra.cql("CREATE TABLE " + KS + ".single (k int PRIMARY KEY, v int, w int)");
    Cassandra.cql("INSERT INTO " + KS + ".single (k, v, w) VALUES (1, 1, 1)");
    Cassandra.cql("INSERT INTO " + KS + ".single (k, v, w) VALUES (2, 1, 1)");
    save(rows(1, "1 AS k", "2 AS v"), "single", Map.of());
    assertThat(select("k, v, w", "single")).containsExactlyInAnyOrder("1 2 null", "2 1 1");
  }

  @Test
  void ofRowsWithOneKeyOneStaysWhole() {
    make("twice");
    Dataset<org.apache.spark.sql.Row> twice =
        rows(
                200,
                "1 AS a",
                "'b' AS b",
                "cast(id % 50 AS int) AS c",
                "cast(id AS int) AS v",
                "concat('w', 999 - id) AS w")
            .repartition(5);
    save(twice, "twice", Map.of("write.batch-rows", "3"));
    List<Row> found =
        Cassandra.cql("SELECT c, v, w FROM " + KS + ".twice WHERE a = 1 AND b = 'b'").all();
    assertThat(found)
        .hasSize(50)
        .allSatisfy(
            row -> {
              assertThat(row.getInt("v")).isEqualTo(150 + row.getInt("c"));
              assertThat(row.getString("w")).isEqualTo("w" + (999 - row.getInt("v")));
            });
  }

  @Test
  void listsHaveEachElementOnce() {
    Cassandra.cql(
        "CREATE TABLE %s.lists (k int, c int, sl list<int> static, l list<int>, PRIMARY KEY (k, c))"
            .formatted(KS));
    Cassandra.cql("INSERT INTO " + KS + ".lists (k, c, sl, l) VALUES (1, 1, [9], [9, 9])");
    Cassandra.cql("INSERT INTO " + KS + ".lists (k, c, sl, l) VALUES (1, 7, [9], [9, 9])");
    Dataset<org.apache.spark.sql.Row> rows =
        rows(4, "1 AS k", "cast(id % 3 AS int) AS c", "array(1, 2) AS sl", "array(3, 4) AS l");
    for (int i = 0; i < 2; i++) {
      save(rows, "lists", Map.of());
      assertThat(select("k, c, sl, l", "lists"))
          .containsExactly("1 0 [1, 2] [3, 4]", "1 1 [1, 2] [3, 4]", "1 2 [1, 2] [3, 4]");
    }
  }

  @Test
  void rowsOfALaterTimeStay() throws NoSuchTableException {
    make("later");
    long later = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()) + 3_600_000_000L;
    Cassandra.cql(
        "INSERT INTO %s.later (a, b, c, v) VALUES (1, 'b', 0, 77) USING TIMESTAMP %d"
            .formatted(KS, later));
    replace(news(), "later");
    assertThat(select("a, c, v", "later"))
        .contains("1 0 77", "1 3 0", "1 4 2")
        .doesNotContain("1 1 0", "1 2 0");
  }

  @Test
  void aGivenTimeIsTheRowsAndTheOneBeforeTheDeletions() {
    Cassandra.cql("CREATE TABLE " + KS + ".timed (k int, c int, v int, PRIMARY KEY (k, c))");
    for (int c = 0; c < 3; c++) {
      Cassandra.cql(
          "INSERT INTO %s.timed (k, c, v) VALUES (1, %d, 0) USING TIMESTAMP %d"
              .formatted(KS, c, 998 + c));
    }
    save(rows(1, "1 AS k", "5 AS c", "5 AS v"), "timed", Map.of("write.timestamp", "1000"));
    assertThat(select("c, v, writetime(v)", "timed")).containsExactly("2 0 1000", "5 5 1000");
  }

  @Test
  void staticColumnsAloneReplaceTheirPartition() {
    make("statics");
    save(rows(1, "1 AS a", "'b' AS b", "'new' AS s"), "statics", Map.of());
    assertThat(select("a, c, s", "statics")).hasSize(9).contains("1 null new");
  }

  @Test
  void countersAreRefusedBeforeAnyRow() {
    Cassandra.cql("CREATE TABLE " + KS + ".counters (k int PRIMARY KEY, n counter)");
    Cassandra.cql("UPDATE " + KS + ".counters SET n = n + 5 WHERE k = 1");
    assertThatThrownBy(() -> replace(rows(1, "1 AS k", "7L AS n"), "counters"))
        .hasMessageContaining(
            "Cannot overwrite partitions of %s.counters: it has counters".formatted(KS));
    assertThat(select("k, n", "counters")).containsExactly("1 5");
  }

  @Test
  void aWholeOverwriteStillWantsToBeConfirmed() {
    make("whole");
    assertThatThrownBy(
            () -> news().write().format("cassandra").mode("overwrite").save(KS + ".whole"))
        .hasMessageContaining("option 'confirm-truncate' is not true")
        .hasMessageContaining("set 'partition-overwrite-mode' to dynamic");
    assertThat(select("v", "whole")).hasSize(12);
  }
}
