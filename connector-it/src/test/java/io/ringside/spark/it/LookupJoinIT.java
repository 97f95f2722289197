// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ringside.spark.LookupJoin;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lookup joins give the rows of Spark's own join of the same data. */
@Tag("matrix")
class LookupJoinIT {
  @BeforeAll
  static void makeTables() {
    Cassandra.keyspace("lookups");
    Cassandra.cql("CREATE TYPE lookups.address (street text, number int)");
    Cassandra.cql(
        "CREATE TABLE lookups.people (id int PRIMARY KEY, name text, born date, seen timestamp,"
            + " tags set<text>, home frozen<address>, calls map<text, frozen<list<int>>>,"
            + " worth decimal)");
    for (int id = 0; id < 50; id += 2) {
      Cassandra.cql(
          "INSERT INTO lookups.people (id, name, born, seen, tags, home, calls, worth) VALUES ("
              + id
              + ", 'név %d', '15%02d-10-12', '0001-01-01T00:00:00.00%dZ', {'a', 'ü%d'}"
                  .formatted(id, 60 + id / 2, id % 10, id)
              + ", {street: 'Gate %d', number: %d}, {'x': [1, %d], 'é': []}, %d.25)"
                  .formatted(id, id, id, id));
    }
    Cassandra.cql("INSERT INTO lookups.people (id) VALUES (-1)");
    Cassandra.cql(
        "CREATE TABLE lookups.events (k text, d int, at timestamp, n int, s text static, v double,"
            + " PRIMARY KEY ((k, d), at, n))");
    Spark.append(
        Spark.SESSION
            .range(400)
            .selectExpr(
                "concat('k', id % 10) AS k",
                "cast(id % 3 AS int) AS d",
                "timestamp_millis(id div 40 * 1000) AS at",
                "cast(id AS int) AS n",
                "concat('s', id % 10) AS s",
                "id / 4 AS v"),
        "lookups",
        "events");
    Cassandra.cql("INSERT INTO lookups.events (k, d, s) VALUES ('static', 1, 'alone')");
    Spark.SESSION.table("cass.lookups.people").createOrReplaceTempView("people");
    Spark.SESSION.table("cass.lookups.events").createOrReplaceTempView("events");
  }

  /** Keys that the table has, lacks, repeats, and nulls, with every kind of column beside them. */
  private static Dataset<Row> keys() {
    return Spark.SESSION
        .range(0, 300, 1, 3)
        .selectExpr(
            "cast(CASE WHEN id % 11 = 0 THEN null ELSE id % 60 - 2 END AS int) AS person",
            "id AS row",
            "cast(unhex('c328') AS string) AS broken",
            "date'1582-10-10' AS day",
            "timestamp'1500-01-01 00:00:00.000001' AS moment",
            "array(null, concat('t', id)) AS texts",
            "map('m', struct(id AS a, cast(unhex('ff') AS string) AS b, map('n', id) AS c)) AS nested",
            "map_from_arrays(sequence(9, 0, -1), sequence(0, 9)) AS ordered",
            "CASE WHEN id % 2 = 0 THEN named_struct('list', array(map('x', 1), null)) END AS deep",
            "cast(1.10 AS decimal(20, 2)) AS amount",
            "X'00ff' AS bytes");
  }

  private static LookupJoin people() {
    return LookupJoin.of(keys()).table("cass.lookups.people").on("person", "id");
  }

  private static void assertSame(Dataset<Row> joined, String sql) {
    Dataset<Row> expected = Spark.SESSION.sql(sql);
    assertThat(joined.schema().simpleString()).isEqualTo(expected.schema().simpleString());
    assertThat(texts(joined)).containsExactlyInAnyOrderElementsOf(texts(expected));
  }

  /** Rows as Spark shows them, with texts as their bytes. */
  private static List<String> texts(Dataset<Row> rows) {
    List<Column> columns = new ArrayList<>();
    for (String name : rows.columns()) {
      String type = rows.schema().apply(name).dataType().simpleString();
      columns.add(expr(type.equals("string") ? "hex(`%s`)".formatted(name) : "`" + name + '`'));
    }
    return rows.select(columns.toArray(Column[]::new)).toJSON().collectAsList().stream()
        .sorted()
        .collect(Collectors.toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"inner", "left", "leftsemi", "leftanti"})
  void joinsByAPartitionKey(String kind) {
    keys().createOrReplaceTempView("keys");
    Dataset<Row> joined = join(people(), kind);
    String sparks =
        switch (kind) {
          case "leftsemi" -> "SELECT keys.* FROM keys LEFT SEMI JOIN people ON person = id";
          case "leftanti" -> "SELECT keys.* FROM keys LEFT ANTI JOIN people ON person = id";
          default ->
              "SELECT keys.*, born, calls, home, name, seen, tags, worth FROM keys "
                  + kind
                  + " JOIN people ON person = id";
        };
    assertSame(joined, sparks);
    assertThat(joined.count()).isPositive();
  }

  private static Dataset<Row> join(LookupJoin join, String kind) {
    return switch (kind) {
      case "inner" -> join.inner();
      case "left" -> join.leftOuter();
      case "leftsemi" -> join.leftSemi();
      case "leftanti" -> join.leftAnti();
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private static Dataset<Row> days() {
    Dataset<Row> days =
        Spark.SESSION
            .range(0, 200, 1, 2)
            .selectExpr(
                "CASE id % 13 WHEN 0 THEN 'static' WHEN 1 THEN null WHEN 2 THEN '' ELSE concat('k',"
                    + " id % 12) END AS key",
                "cast(id % 4 AS tinyint) AS day",
                "CASE WHEN id % 9 = 0 THEN timestamp_micros(id) ELSE timestamp_millis(id % 5 * 1000)"
                    + " END AS moment",
                "id % 400 AS number");
    days.createOrReplaceTempView("days");
    return days;
  }

  @ParameterizedTest
  @ValueSource(strings = {"inner", "left", "leftsemi", "leftanti"})
  void joinsByACompositeKeyAndLeadingClusteringColumns(String kind) {
    LookupJoin byKey =
        LookupJoin.of(days()).table("cass.lookups.events").on("key", "k").on("day", "d");
    boolean both = !kind.contains("semi") && !kind.contains("anti");
    String join = kind.startsWith("left") && !both ? "LEFT " + kind.substring(4) : kind;
    assertSame(
        join(byKey, kind),
        "SELECT days.*%s FROM days %s JOIN events ON key = k AND day = d"
            .formatted(both ? ", at, n, v, s" : "", join));
    assertSame(
        join(byKey.on("moment", "at"), kind),
        "SELECT days.*%s FROM days %s JOIN events ON key = k AND day = d AND moment = at"
            .formatted(both ? ", n, v, s" : "", join));
    assertSame(
        join(byKey.on("moment", "at").columns("s"), kind),
        "SELECT days.*%s FROM days %s JOIN events ON key = k AND day = d AND moment = at"
            .formatted(both ? ", s" : "", join));
  }

  @Test
  void appliesConditionsBeforeItDecidesWhatHasNoMatch() {
    LookupJoin byKey =
        LookupJoin.of(days()).table("cass.lookups.events").on("key", "k").on("day", "d");
    String on = "ON key = k AND day = d AND v > 20.5 AND at >= timestamp'1970-01-01 00:00:02'";
    LookupJoin some =
        byKey.where("v > 20.5 AND at >= timestamp'1970-01-01 00:00:02'").columns("v AS value");
    assertSame(some.leftOuter(), "SELECT days.*, v AS value FROM days LEFT JOIN events " + on);
    assertSame(some.inner(), "SELECT days.*, v AS value FROM days JOIN events " + on);
    assertSame(some.leftAnti(), "SELECT days.* FROM days LEFT ANTI JOIN events " + on);
    assertSame(
        byKey.where("v > 1 AND v < 0.5").columns("v").leftOuter(),
        "SELECT days.*, cast(null AS double) AS v FROM days");
    assertThatThrownBy(() -> byKey.where("v > 1 OR n = 3").inner())
        .hasMessageContaining("Cannot look up lookups.events where v > 1 OR n = 3: CQL does not")
        .hasMessageContaining("Leave it out, and filter the result.");
    assertThatThrownBy(() -> byKey.where("v > 1 AND hash(n) = 3").inner())
        .hasMessageContaining("Spark evaluates a part of it itself");
  }

  @Test
  void keepsTheOrderOfTheRowsAndAsksForEachKeyOnce() {
    Dataset<Row> rows =
        Spark.SESSION.range(0, 5000, 1, 1).selectExpr("cast(id % 40 AS int) AS person", "id");
    LookupJoin join =
        LookupJoin.of(rows).table("cass.lookups.people").on("person", "id").columns("name");
    List<Long> ids =
        join.leftOuter().select("id").collectAsList().stream()
            .map(row -> row.getLong(0))
            .collect(Collectors.toList());
    assertThat(ids).isSorted().hasSize(5000);
  }

  @Test
  void readsAPartitionOfAnySizeInFewPages() {
    Cassandra.cql("CREATE TABLE lookups.wide (k int, c int, v text, PRIMARY KEY (k, c))");
    Spark.append(
        Spark.SESSION
            .range(30_000)
            .selectExpr("cast(id % 2 AS int) AS k", "cast(id AS int) AS c", "repeat('x', 50) AS v"),
        "lookups",
        "wide");
    Dataset<Row> rows =
        Spark.SESSION.range(0, 8, 1, 1).selectExpr("cast(id % 4 AS int) AS key", "id");
    Dataset<Row> joined =
        LookupJoin.of(rows)
            .table("cass.lookups.wide")
            .option("read.page-size", "16k")
            .option("read.buffer-size", "64k")
            .on("key", "k")
            .leftOuter();
    assertThat(
            joined
                .groupBy("id")
                .agg(expr("count(c)"), expr("count(DISTINCT c)"), expr("count(*)"))
                .orderBy("id")
                .collectAsList())
        .hasToString(
            "[[0,15000,15000,15000], [1,15000,15000,15000], [2,0,0,1], [3,0,0,1],"
                + " [4,15000,15000,15000], [5,15000,15000,15000], [6,0,0,1], [7,0,0,1]]");
    assertThat(joined.select("id").distinct().count()).isEqualTo(8);
  }

  @Test
  void keepsAnswersForOtherTasksWhereItMay() {
    Metrics.addRegistry(new SimpleMeterRegistry());
    Dataset<Row> rows =
        Spark.SESSION.range(0, 200, 1, 4).selectExpr("cast(id % 20 AS int) AS person");
    LookupJoin join = LookupJoin.of(rows).table("cass.lookups.people").on("person", "id");
    long before = ReadPages.all();
    assertThat(join.columns("name").inner().count()).isEqualTo(100);
    long without = ReadPages.all() - before;
    assertThat(without).isBetween(20L, 80L);
    Dataset<Row> kept = join.columns("name").option("read.lookup-cache-size", "1m").inner();
    assertThat(kept.count()).isEqualTo(100);
    before = ReadPages.all();
    assertThat(kept.count()).isEqualTo(100);
    assertThat(ReadPages.all()).isEqualTo(before);
  }

  @Test
  void asksForAKeyOnceWhereItsRowsAreInOneTask() {
    Metrics.addRegistry(new SimpleMeterRegistry());
    Dataset<Row> rows =
        Spark.SESSION
            .range(0, 200, 1, 4)
            .selectExpr("cast(id % 20 AS int) AS person")
            .repartitionByRange(3, expr("cass.lookups.people.token(person)"));
    long before = ReadPages.all();
    assertThat(LookupJoin.of(rows).table("cass.lookups.people").on("person", "id").inner().count())
        .isEqualTo(100);
    // Four keys in each request but the last one of each task; asked by every task they were 20.
    assertThat(ReadPages.all() - before).isBetween(5L, 8L);
  }

  @Test
  void refusesWhatIsNoKeyInOneError() {
    assertThatThrownBy(
            () ->
                LookupJoin.of(days())
                    .table("cass.lookups.events")
                    .on("nobody", "k")
                    .on("moment", "d")
                    .on("number", "n")
                    .columns("v", "w")
                    .inner())
        .hasMessageContaining("Cannot look up lookups.events: the Dataset has no column 'nobody'")
        .hasMessageContaining(
            "the Dataset's 'moment' is of type timestamp and the table's 'd' of int")
        .hasMessageContaining("the Dataset's 'number' is of type bigint and the table's 'n' of int")
        .hasMessageContaining("the partition key is [k, d]")
        .hasMessageContaining("lookups.events has no column 'w'")
        .hasMessageContaining("[INVALID_SCHEMA]");
    assertThatThrownBy(() -> people().table("cass.lookups.nobody").inner())
        .hasMessageContaining("Cannot look up lookups.nobody:");
    assertThatThrownBy(() -> people().table("nowhere.lookups.people").inner())
        .hasMessageContaining("Cannot find catalog 'nowhere'");
    assertThatThrownBy(
            () -> LookupJoin.of(keys()).table("cass.system.local").on("broken", "key").inner())
        .hasMessageContaining("Cannot look up system.local: each node has rows of its own.");
    assertThatThrownBy(() -> people().columns("name", "worth AS row").inner())
        .hasMessageContaining("the result would have two columns 'row'");
  }
}
