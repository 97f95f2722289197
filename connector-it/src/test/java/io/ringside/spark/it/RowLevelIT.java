// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static io.ringside.spark.it.RowLevelModel.Clause.Kind.DELETE;
import static io.ringside.spark.it.RowLevelModel.Clause.Kind.DELETE_BY_SOURCE;
import static io.ringside.spark.it.RowLevelModel.Clause.Kind.INSERT;
import static io.ringside.spark.it.RowLevelModel.Clause.Kind.UPDATE;
import static io.ringside.spark.it.RowLevelModel.Clause.Kind.UPDATE_BY_SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringside.spark.it.RowLevelModel.Clause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code DELETE}, {@code UPDATE} and {@code MERGE}: the table holds afterwards what a plain query
 * over its rows says it should. What is in it is asked past the connector.
 */
class RowLevelIT {
  private static final String KS = "rowlevel";

  private static final List<String> KEYED = List.of("p", "q", "c", "d", "v", "w", "x");
  private static final List<String> STATIC = List.of("p", "c", "s", "t", "v");
  private static final List<String> SINGLE = List.of("k", "v", "w");

  private static final String SOURCE =
      "p int, q string, c int, d string, v int, w string, x double, k int";

  @BeforeAll
  static void makeTables() {
    Cassandra.keyspace(KS);
    Cassandra.cql(
        "CREATE TABLE rowlevel.keyed (p int, q text, c int, d text, v int, w text, x double,"
            + " PRIMARY KEY ((p, q), c, d)) WITH CLUSTERING ORDER BY (c DESC, d ASC)");
    Cassandra.cql(
        "CREATE TABLE rowlevel.static (p int, c int, s int static, t text static, v int,"
            + " PRIMARY KEY (p, c))");
    Cassandra.cql("CREATE TABLE rowlevel.single (k int PRIMARY KEY, v int, w text)");
    List<Row> source =
        List.of(
            RowFactory.create(0, "a", 0, "x", 100, "src", 0.5, 0),
            RowFactory.create(0, "a", 1, "y", 101, null, null, 1),
            RowFactory.create(1, "b", 3, "x", 102, "src", 1.5, 3),
            RowFactory.create(2, "c", 9, "new", 103, "src", null, 90),
            RowFactory.create(9, "z", 0, "new", null, null, null, 91));
    Spark.SESSION
        .createDataFrame(source, StructType.fromDDL(SOURCE))
        .createOrReplaceTempView("source");
  }

  /** Rows of three partitions, nulls among them; written past the connector. */
  private static void fill(String table) {
    for (com.datastax.oss.driver.api.core.cql.Row row :
        Cassandra.cql("SELECT * FROM rowlevel." + table)) {
      switch (table) {
        case "keyed" ->
            Cassandra.cql(
                "DELETE FROM rowlevel.keyed WHERE p = ? AND q = ?",
                row.getInt("p"),
                row.getString("q"));
        case "static" -> Cassandra.cql("DELETE FROM rowlevel.static WHERE p = ?", row.getInt("p"));
        default -> Cassandra.cql("DELETE FROM rowlevel.single WHERE k = ?", row.getInt("k"));
      }
    }
    switch (table) {
      case "keyed" -> {
        for (int p = 0; p < 3; p++) {
          for (int c = 0; c < 5; c++) {
            for (String d : List.of("x", "y")) {
              Cassandra.cql(
                  "INSERT INTO rowlevel.keyed (p, q, c, d, v, w, x) VALUES (%d, '%s', %d, '%s', %d, %s, %s)"
                      .formatted(
                          p,
                          (char) ('a' + p),
                          c,
                          d,
                          p * 10 + c,
                          c == 2 ? "null" : "'w" + c + "'",
                          c == 3 ? "null" : c / 2.0));
            }
          }
        }
      }
      case "static" -> {
        for (int p = 0; p < 3; p++) {
          for (int c = 0; c < 3; c++) {
            Cassandra.cql(
                "INSERT INTO rowlevel.static (p, c, v) VALUES (%d, %d, %s)"
                    .formatted(p, c, c == 1 ? "null" : c));
          }
        }
        Cassandra.cql("INSERT INTO rowlevel.static (p, s, t) VALUES (0, 7, 't0')");
        Cassandra.cql("INSERT INTO rowlevel.static (p, s) VALUES (1, 8)");
        Cassandra.cql("INSERT INTO rowlevel.static (p, s, t) VALUES (5, 50, 'alone')");
      }
      default -> {
        for (int k = 0; k < 8; k++) {
          Cassandra.cql(
              "INSERT INTO rowlevel.single (k, v, w) VALUES (%d, %s, 'w%d')"
                  .formatted(k, k % 3 == 0 ? "null" : k * 2, k));
        }
      }
    }
  }

  private static StructType schema(List<String> columns) {
    StructType schema = new StructType();
    for (String column : columns) {
      schema =
          schema.add(
              column,
              switch (column) {
                case "q", "d", "w", "t" -> "string";
                case "x" -> "double";
                default -> "int";
              });
    }
    return schema;
  }

  private static List<Row> rows(String table, List<String> columns) {
    List<Row> rows = new ArrayList<>();
    for (var row : Cassandra.cql("SELECT * FROM rowlevel." + table)) {
      rows.add(RowFactory.create(columns.stream().map(row::getObject).toArray()));
    }
    return rows;
  }

  private static void check(String table, List<String> columns, RowLevelModel model) {
    fill(table);
    List<Row> before = rows(table, columns);
    Spark.SESSION.createDataFrame(before, schema(columns)).createOrReplaceTempView("before");
    List<Row> expected = Spark.SESSION.sql(model.expected()).collectAsList();
    assertThat(expected.stream().map(Row::toString))
        .as("the model changes something")
        .isNotEqualTo(before.stream().map(Row::toString).toList());

    Spark.SESSION.sql(model.statement().replace("$t", "cass.rowlevel." + table));

    assertThat(rows(table, columns).stream().map(Row::toString))
        .as(model.statement())
        .containsExactlyInAnyOrderElementsOf(expected.stream().map(Row::toString).toList());
  }

  static Stream<RowLevelModel> ofKeyed() {
    String onKey = "t.p = s.p AND t.q = s.q AND t.c = s.c AND t.d = s.d";
    Map<String, String> inserted =
        Map.of("p", "s.p", "q", "s.q", "c", "s.c", "d", "s.d", "v", "s.v", "w", "s.w", "x", "s.x");
    Clause insert = new Clause(INSERT, "true", inserted);
    return Stream.of(
        // One statement by key.
        RowLevelModel.delete("p = 0 AND q = 'a'"),
        RowLevelModel.delete("p IN (0, 1) AND q = 'b'"),
        RowLevelModel.delete("p IN (0, 1) AND q IN ('a', 'b', 'zz') AND c = 2"),
        RowLevelModel.delete("p = 0 AND q = 'a' AND c = 2 AND d = 'x'"),
        RowLevelModel.delete("p = 0 AND q = 'a' AND c > 1 AND c <= 3"),
        RowLevelModel.delete("p = 0 AND q = 'a' AND c < 2"),
        RowLevelModel.delete("p = 1 AND q = 'b' AND c = 3 AND d >= 'y'"),
        RowLevelModel.delete("p = 1 AND q = 'b' AND c IN (1, 3) AND d IN ('x', 'z')"),
        RowLevelModel.delete("p = 1 AND q = 'b' AND c IN (1, 3) AND d > 'x'"),
        RowLevelModel.delete("p = 1 AND q = 'b' AND c IN (1, 3)"),
        // Row by row.
        RowLevelModel.delete("p = 0"),
        RowLevelModel.delete("v > 20"),
        RowLevelModel.delete("w IS NULL"),
        RowLevelModel.delete("x IS NOT NULL OR v = 13"),
        RowLevelModel.delete("p = 0 AND q = 'a' AND d = 'x'"),
        RowLevelModel.delete("p = 0 AND q = 'a' AND (c = 1 OR w = 'w4')"),
        RowLevelModel.delete("c % 2 = 0 AND d = 'y'"),
        RowLevelModel.delete("v IN (SELECT s.c FROM source s)"),
        RowLevelModel.update(KEYED, "true", Map.of("v", "1")),
        RowLevelModel.update(
            KEYED, "p = 0 AND q = 'a'", Map.of("v", "v + 1", "w", "concat(w, '!')")),
        RowLevelModel.update(KEYED, "v > 10", Map.of("w", "null", "x", "cast(v AS double)")),
        RowLevelModel.update(KEYED, "w IS NULL", Map.of("w", "'filled'")),
        RowLevelModel.update(KEYED, "x IS NULL", Map.of("v", "null", "w", "null")),
        RowLevelModel.update(
            KEYED, "d = 'x'", Map.of("v", "(SELECT cast(max(s.v) AS int) FROM source s)")),
        // Key updates: to new keys, along a chain of keys in use, to other partitions.
        RowLevelModel.update(KEYED, "d = 'x' AND c = 1", Map.of("d", "'moved'")),
        RowLevelModel.update(KEYED, "true", Map.of("c", "c + 1", "v", "v - 1")),
        RowLevelModel.update(KEYED, "true", Map.of("c", "4 - c")),
        RowLevelModel.update(KEYED, "c >= 2", Map.of("p", "p + 100")),
        RowLevelModel.update(KEYED, "true", Map.of("d", "if(d = 'x', 'y', 'x')", "x", "null")),
        RowLevelModel.merge(KEYED, onKey, List.of(insert)),
        RowLevelModel.merge(
            KEYED, onKey, List.of(new Clause(UPDATE, "true", Map.of("v", "s.v", "w", "s.w")))),
        RowLevelModel.merge(
            KEYED,
            onKey,
            List.of(new Clause(UPDATE, "t.v < s.v", Map.of("v", "t.v + s.v", "x", "s.x")), insert)),
        RowLevelModel.merge(KEYED, onKey, List.of(new Clause(DELETE, "true", Map.of()), insert)),
        RowLevelModel.merge(
            KEYED,
            onKey,
            List.of(
                new Clause(DELETE, "s.w IS NULL", Map.of()),
                new Clause(UPDATE, "true", Map.of("w", "s.w")),
                new Clause(
                    INSERT,
                    "s.v IS NOT NULL",
                    Map.of("p", "s.p", "q", "s.q", "c", "s.c", "d", "'short'")),
                new Clause(UPDATE_BY_SOURCE, "t.p = 2", Map.of("v", "-1")),
                new Clause(DELETE_BY_SOURCE, "t.c = 4", Map.of()))),
        RowLevelModel.merge(
            KEYED,
            "t.p = s.p AND t.q = s.q AND s.c = 0",
            List.of(
                new Clause(INSERT, "s.p <> 0", inserted),
                new Clause(DELETE_BY_SOURCE, "true", Map.of()))),
        RowLevelModel.merge(
            KEYED,
            onKey,
            List.of(new Clause(UPDATE, "true", Map.of("c", "t.c + 10", "v", "s.v")), insert)));
  }

  @ParameterizedTest
  @MethodSource
  void ofKeyed(RowLevelModel model) {
    check("keyed", KEYED, model);
  }

  static Stream<RowLevelModel> ofSingle() {
    Map<String, String> inserted = Map.of("k", "s.k", "v", "s.v", "w", "s.w");
    Clause insert = new Clause(INSERT, "true", inserted);
    return Stream.of(
        RowLevelModel.delete("k = 3"),
        RowLevelModel.delete("k IN (1, 2, 99)"),
        RowLevelModel.delete("k > 4"),
        RowLevelModel.delete("k = 3 OR v = 4"),
        RowLevelModel.delete("NOT (v = 4)"),
        RowLevelModel.update(SINGLE, "k = 3", Map.of("w", "'three'")),
        RowLevelModel.update(SINGLE, "v IS NULL", Map.of("v", "k * 100")),
        RowLevelModel.update(SINGLE, "k < 6", Map.of("k", "k + 100")),
        // A row that moves to a key in use replaces the row there, nulls included.
        new RowLevelModel(
            "UPDATE $t SET k = 4, w = null WHERE k = 3",
            "SELECT if(k = 3, 4, k) AS k, if(k = 3, null, v) AS v, if(k = 3, null, w) AS w FROM before WHERE k <> 4"),
        RowLevelModel.update(SINGLE, "true", Map.of("k", "7 - k", "w", "null")),
        RowLevelModel.merge(
            SINGLE, "t.k = s.k", List.of(new Clause(UPDATE, "true", inserted), insert)),
        RowLevelModel.merge(
            SINGLE,
            "t.k = s.k",
            List.of(
                new Clause(DELETE, "s.k = 1", Map.of()),
                new Clause(UPDATE, "s.k = 3", Map.of("v", "null")),
                insert,
                new Clause(UPDATE_BY_SOURCE, "t.v IS NULL", Map.of("w", "'lonely'")),
                new Clause(DELETE_BY_SOURCE, "t.k = 7", Map.of()))),
        // A row leaves the key under which another arrives.
        RowLevelModel.merge(
            SINGLE,
            "t.k = s.k + 1",
            List.of(new Clause(DELETE, "true", Map.of()), new Clause(INSERT, "true", inserted))));
  }

  @ParameterizedTest
  @MethodSource
  void ofSingle(RowLevelModel model) {
    check("single", SINGLE, model);
  }

  static Stream<RowLevelModel> ofStatic() {
    return Stream.of(
        RowLevelModel.delete("p = 0"),
        RowLevelModel.delete("p = 5"),
        RowLevelModel.delete("p = 0 AND c >= 1"),
        RowLevelModel.delete("v IS NULL AND c IS NOT NULL"),
        // The row of static cells alone.
        RowLevelModel.delete("c IS NULL"),
        RowLevelModel.delete("s = 50"),
        RowLevelModel.update(STATIC, "c = 2", Map.of("v", "v + 1")),
        // A static cell is one for the partition.
        new RowLevelModel(
            "UPDATE $t SET s = s + 1 WHERE p = 0 AND c = 1",
            "SELECT p, c, if(p = 0, 8, s) AS s, t, v FROM before"),
        RowLevelModel.update(STATIC, "true", Map.of("s", "p * 2", "t", "null")),
        RowLevelModel.update(STATIC, "p = 5", Map.of("t", "'still alone'")),
        new RowLevelModel(
            "UPDATE $t SET s = null, t = null WHERE p = 5", "SELECT * FROM before WHERE p <> 5"),
        RowLevelModel.update(STATIC, "c IS NOT NULL", Map.of("c", "c + 1", "v", "9")),
        // The static cells of a partition outlive its rows when these go one by one.
        new RowLevelModel(
            "DELETE FROM $t WHERE c IS NOT NULL",
            "SELECT DISTINCT p, cast(null AS int) AS c, s, t, cast(null AS int) AS v FROM before"
                + " WHERE s IS NOT NULL OR t IS NOT NULL"),
        RowLevelModel.merge(
            STATIC,
            "t.p = s.p AND t.c = s.c",
            List.of(
                new Clause(UPDATE, "true", Map.of("v", "s.v")),
                new Clause(
                    INSERT, "s.p = 9", Map.of("p", "s.p", "c", "s.c", "t", "'nine'", "v", "1")))));
  }

  @ParameterizedTest
  @MethodSource
  void ofStatic(RowLevelModel model) {
    check("static", STATIC, model);
  }
}
