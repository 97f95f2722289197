// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Of several rows of one key in one task the last one is in the table, with all its cells. */
@Tag("matrix")
class LastRowIT {
  private static final String KS = "last_row";

  @BeforeAll
  static void makeKeyspace() {
    Cassandra.keyspace(KS);
  }

  private static void make(String table, String columns) {
    Cassandra.cql("CREATE TABLE %s.%s (%s)".formatted(KS, table, columns));
  }

  /** Rows of one task, in this order. */
  private static Dataset<org.apache.spark.sql.Row> rows(
      String schema, @Nullable Object[]... values) {
    List<org.apache.spark.sql.Row> rows = new ArrayList<>();
    for (@Nullable Object[] row : values) {
      rows.add(RowFactory.create(row));
    }
    return Spark.SESSION.createDataFrame(rows, StructType.fromDDL(schema)).coalesce(1);
  }

  private static @Nullable Object[] row(@Nullable Object... values) {
    return values;
  }

  private static void write(
      Dataset<org.apache.spark.sql.Row> rows, String table, Map<String, String> options) {
    rows.write()
        .format("cassandra")
        .option("keyspace", KS)
        .option("table", table)
        .options(options)
        .mode("append")
        .save();
  }

  private static List<String> found(String columns, String table) {
    List<String> found = new ArrayList<>();
    for (Row row : Cassandra.cql("SELECT %s FROM %s.%s".formatted(columns, KS, table))) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < row.getColumnDefinitions().size(); i++) {
        cells.add(String.valueOf(row.getObject(i)));
      }
      found.add(String.join(" ", cells));
    }
    return found.stream().sorted().toList();
  }

  @Test
  void writesTheLastRowWhole() {
    make("plain", "k int PRIMARY KEY, a int, b int");
    write(rows("k int, a int, b int", row(1, 1, 9), row(1, 9, 1)), "plain", Map.of());
    write(rows("k int, a int, b int", row(2, 9, 1), row(2, 1, 9)), "plain", Map.of());
    assertThat(found("k, a, b", "plain")).containsExactly("1 9 1", "2 1 9");
  }

  @Test
  void writesTheLastRowOfAnInsertWhole() {
    make("inserted", "k int PRIMARY KEY, a int, b int");
    Spark.SESSION.sql("INSERT INTO cass.last_row.inserted VALUES (1, 1, 9), (1, 9, 1)");
    assertThat(found("k, a, b", "inserted")).hasSize(1).isSubsetOf("1 1 9", "1 9 1");
  }

  @Test
  void writesTheLastOfThreeEventsWhole() {
    make("events", "device text PRIMARY KEY, status text, at text, battery int");
    write(
        rows(
            "device string, status string, at string, battery int",
            row("d", "starting", "00:01", 90),
            row("d", "running", "00:02", 80),
            row("d", "failed", "00:03", 10)),
        "events",
        Map.of());
    assertThat(found("status, at, battery", "events")).containsExactly("failed 00:03 10");
  }

  @Test
  void writesTheLastRowOfAClusteringKeyWhole() {
    make("clustered", "k int, c timestamp, a int, b int, PRIMARY KEY (k, c)");
    write(
        rows(
            "k int, c timestamp, a int, b int",
            row(1, java.sql.Timestamp.from(Instant.parse("2024-01-01T00:00:00.000100Z")), 9, 1),
            row(1, java.sql.Timestamp.from(Instant.parse("2024-01-01T00:00:01Z")), 5, 5),
            row(1, java.sql.Timestamp.from(Instant.parse("2024-01-01T00:00:00.000900Z")), 1, 9)),
        "clustered",
        Map.of());
    assertThat(found("a, b", "clustered")).containsExactly("1 9", "5 5");
  }

  @Test
  void takesCollectionsOfTheLastRowAlone() {
    make("collections", "k int PRIMARY KEY, s set<int>, m map<text, int>, l list<int>");
    write(
        rows(
            "k int, s array<int>, m map<string, int>, l array<int>",
            row(1, List.of(1), Map.of("a", 1), List.of(1, 1)),
            row(1, List.of(2), Map.of("b", 2), List.of(2, 2))),
        "collections",
        Map.of());
    assertThat(found("s, m, l", "collections")).containsExactly("[2] {b=2} [2, 2]");
  }

  @Test
  void takesTheValueAfterANullWhereNullsDelete() {
    make("nulls", "k int PRIMARY KEY, a int, b int");
    write(
        rows("k int, a int, b int", row(1, 1, null), row(1, null, 9)),
        "nulls",
        Map.of("write.nulls", "tombstone"));
    assertThat(found("k, a, b", "nulls")).containsExactly("1 null 9");
  }

  @Test
  void takesTheStaticCellsOfTheLastRow() {
    make("statics", "k int, c int, s int static, t int static, PRIMARY KEY (k, c)");
    write(
        rows("k int, c int, s int, t int", row(1, 1, 9, 1), row(1, 2, 1, 9)), "statics", Map.of());
    assertThat(found("c, s, t", "statics")).containsExactly("1 1 9", "2 1 9");
  }

  @Test
  void takesTheLastRowOfAConditionalWrite() {
    make("conditional", "k int PRIMARY KEY, a int, b int");
    write(rows("k int, a int, b int", row(1, 0, 0)), "conditional", Map.of());
    write(
        rows("k int, a int, b int", row(1, 1, 9), row(1, 9, 1)),
        "conditional",
        Map.of("write.if", "EXISTS"));
    assertThat(found("k, a, b", "conditional")).containsExactly("1 9 1");
  }

  @Test
  void takesTheLastRowWhereTimesToLiveDiffer() {
    make("ttls", "k int PRIMARY KEY, a int, b int");
    write(
        rows("k int, a int, b int, ttl int", row(1, 1, 9, 90000), row(1, 9, 1, 80000)),
        "ttls",
        Map.of("write.ttl-column", "ttl"));
    assertThat(found("k, a, b", "ttls")).containsExactly("1 9 1");
  }

  @Test
  void writesManyRowsOfFewKeysAsTheirLast() {
    make("many", "k int, c int, a int, b int, PRIMARY KEY (k, c)");
    Spark.SESSION
        .range(0, 20_000, 1, 1)
        .selectExpr(
            "cast(id % 7 AS int) AS k",
            "cast(id % 5 AS int) AS c", "cast(hash(id) AS int) AS a", "cast(-hash(id) AS int) AS b")
        .createOrReplaceTempView("many_rows");
    write(Spark.SESSION.table("many_rows"), "many", Map.of("write.buffer-size", "64k"));
    List<String> expected =
        Spark.SESSION
            .range(0, 20_000, 1, 1)
            .selectExpr("id", "id % 7 AS k", "id % 5 AS c", "hash(id) AS a")
            .groupBy("k", "c")
            .agg(org.apache.spark.sql.functions.expr("max_by(a, id)"))
            .selectExpr("concat_ws(' ', k, c, `max_by(a, id)`, -`max_by(a, id)`) AS row")
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .sorted()
            .toList();
    assertThat(expected).hasSize(35);
    assertThat(found("k, c, a, b", "many")).isEqualTo(expected);
  }

  @Test
  void mergesInsertedRowsOfOneKeyIntoOneOfThem() {
    make("merged", "k int PRIMARY KEY, a int, b int");
    rows("k int, a int, b int", row(1, 1, 9), row(1, 9, 1)).createOrReplaceTempView("twice");
    Spark.SESSION.sql(
        "MERGE INTO cass.last_row.merged t USING twice s ON t.k = s.k"
            + " WHEN NOT MATCHED THEN INSERT *");
    assertThat(found("k, a, b", "merged")).hasSize(1).isSubsetOf("1 1 9", "1 9 1");
  }

  @Test
  void refusesToMakeSeveralRowsOne() {
    make("one", "k int, c int, a int, b int, PRIMARY KEY (k, c)");
    for (int[] row : new int[][] {{1, 1, 9}, {2, 5, 2}, {3, 3, 3}}) {
      Cassandra.cql(
          "INSERT INTO last_row.one (k, c, a, b) VALUES (1, ?, ?, ?)", row[0], row[1], row[2]);
    }
    assertThatThrownBy(() -> Spark.SESSION.sql("UPDATE cass.last_row.one SET c = 7 WHERE k = 1"))
        .hasStackTraceContaining("several rows would get the same key (k, c) and become one");
  }

  @Test
  void refusesToMoveARowOntoOneThatStays() {
    make("onto", "k int, c int, a int, PRIMARY KEY (k, c)");
    for (int c : new int[] {6, 7}) {
      Cassandra.cql("INSERT INTO last_row.onto (k, c, a) VALUES (1, ?, ?)", c, c);
    }
    assertThatThrownBy(() -> Spark.SESSION.sql("UPDATE cass.last_row.onto SET c = 7 WHERE k = 1"))
        .hasStackTraceContaining("become one");
  }

  @Test
  void movesRowsToKeysOfTheirOwn() {
    make("moved", "k int, c int, a int, PRIMARY KEY (k, c)");
    for (int c : new int[] {1, 2, 3}) {
      Cassandra.cql("INSERT INTO last_row.moved (k, c, a) VALUES (1, ?, ?)", c, c);
    }
    Spark.SESSION.sql("UPDATE cass.last_row.moved SET c = c + 1");
    assertThat(found("c, a", "moved")).containsExactly("2 1", "3 2", "4 3");
  }

  @Test
  void staysBehindTheClock() {
    make("clock", "k int PRIMARY KEY, a int");
    write(
        Spark.SESSION.range(0, 5_000, 1, 1).selectExpr("cast(id % 10 AS int) AS k", "1 AS a"),
        "clock",
        Map.of());
    long now = Instant.now().toEpochMilli() * 1000;
    for (Row row : Cassandra.cql("SELECT writetime(a) FROM last_row.clock")) {
      assertThat(row.getLong(0)).isLessThan(now);
    }
  }
}
