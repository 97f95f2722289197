// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static io.ringside.spark.it.RowLevelModel.Clause.Kind.DELETE;
import static io.ringside.spark.it.RowLevelModel.Clause.Kind.DELETE_BY_SOURCE;
import static io.ringside.spark.it.RowLevelModel.Clause.Kind.INSERT;
import static io.ringside.spark.it.RowLevelModel.Clause.Kind.UPDATE;
import static io.ringside.spark.it.RowLevelModel.Clause.Kind.UPDATE_BY_SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.data.UdtValue;
import io.ringside.spark.it.RowLevelModel.Clause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code DELETE}, {@code UPDATE} and {@code MERGE}: the table holds afterwards what a plain query
 * over its rows says it should. What is in it is asked past the connector.
 */
@Tag("matrix")
class RowLevelIT {
  private static final String KS = "rowlevel";

  private static final List<String> KEYED = List.of("p", "q", "c", "d", "v", "w", "x");
  private static final List<String> STATIC = List.of("p", "c", "s", "t", "v");
  private static final List<String> SINGLE = List.of("k", "v", "w");
  private static final List<String> NESTED = List.of("k", "c", "l", "tags", "m", "f", "u", "v");

  private static final String SOURCE =
      "p int, q string, c int, d string, v int, w string, x double, k int,"
          + " tags array<string>, m map<string, int>";

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
    Cassandra.cql("CREATE TYPE rowlevel.person (name text, age int)");
    for (String table : List.of("nested", "kept")) {
      Cassandra.cql(
          ("CREATE TABLE rowlevel.%s (k int, c int, l list<int>, tags set<text>,"
                  + " m map<text, int>, f frozen<list<text>>, u frozen<person>, v int,"
                  + " PRIMARY KEY (k, c))")
              .formatted(table));
    }
    List<Row> source =
        List.of(
            RowFactory.create(
                0, "a", 0, "x", 100, "src", 0.5, 0, List.of("a", "src"), Map.of("s", 1)),
            RowFactory.create(0, "a", 1, "y", 101, null, null, 1, List.of("src"), null),
            RowFactory.create(1, "b", 3, "x", 102, "src", 1.5, 3, null, Map.of("s", 3)),
            RowFactory.create(
                2, "c", 9, "new", 103, "src", null, 90, List.of("n", "src"), Map.of("s", 4)),
            RowFactory.create(9, "z", 0, "new", null, null, null, 91, null, null));
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
        default ->
            Cassandra.cql("DELETE FROM rowlevel.%s WHERE k = ?".formatted(table), row.getInt("k"));
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
      case "nested" -> {
        for (int k = 0; k < 4; k++) {
          Cassandra.cql(
              ("INSERT INTO rowlevel.nested (k, c, l, tags, m, f, u, v) VALUES (%1$d, 0,"
                      + " [3, 1, %1$d], {'a', 'b'}, {'x': %1$d, 'y': 2}, ['f', 'f'],"
                      + " {name: 'n%1$d', age: %1$d}, %1$d)")
                  .formatted(k));
          Cassandra.cql(
              ("INSERT INTO rowlevel.nested (k, c, tags, m, f, u, v) VALUES (%1$d, 1,"
                      + " {'b', 'c'}, {'z': %1$d}, [], {age: 9}, 7)")
                  .formatted(k));
          Cassandra.cql("INSERT INTO rowlevel.nested (k, c, l) VALUES (%d, 2, [5])".formatted(k));
        }
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
                case "l" -> "array<int>";
                case "tags", "f" -> "array<string>";
                case "m" -> "map<string, int>";
                case "u" -> "struct<name: string, age: int>";
                default -> "int";
              });
    }
    return schema;
  }

  private static Dataset<Row> rows(String table, List<String> columns) {
    List<Row> rows = new ArrayList<>();
    for (var row : Cassandra.cql("SELECT * FROM rowlevel." + table)) {
      rows.add(RowFactory.create(columns.stream().map(column -> value(row, column)).toArray()));
    }
    return Spark.SESSION.createDataFrame(rows, schema(columns));
  }

  /** As Spark takes it; the driver alone would make an empty collection of a null. */
  private static @Nullable Object value(
      com.datastax.oss.driver.api.core.cql.Row row, String column) {
    if (row.isNull(column)) {
      return null;
    }
    Object value = row.getObject(column);
    return value instanceof UdtValue person
        ? RowFactory.create(person.getObject("name"), person.getObject("age"))
        : value;
  }

  /** Each row as JSON, in which a null and an empty collection differ. */
  private static List<String> texts(Dataset<Row> rows) {
    return rows.selectExpr("to_json(struct(*))").as(Encoders.STRING()).collectAsList();
  }

  private static void check(String table, List<String> columns, RowLevelModel model) {
    fill(table);
    Dataset<Row> before = rows(table, columns);
    before.createOrReplaceTempView("before");
    List<String> expected = texts(Spark.SESSION.sql(model.expected()));
    assertThat(expected).as("the model changes something").isNotEqualTo(texts(before));

    Spark.SESSION.sql(model.statement().replace("$t", "cass.rowlevel." + table));

    assertThat(texts(rows(table, columns)))
        .as(model.statement())
        .containsExactlyInAnyOrderElementsOf(expected);
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

  static Stream<RowLevelModel> ofNested() {
    String onKey = "t.k = s.k AND t.c = s.c";
    Clause insert =
        new Clause(
            INSERT,
            "s.v IS NOT NULL",
            Map.of(
                "k",
                "s.k",
                "c",
                "s.c",
                "l",
                "array(s.v, s.c)",
                "tags",
                "s.tags",
                "m",
                "s.m",
                "f",
                "s.tags",
                "u",
                "named_struct('name', s.w, 'age', s.v)",
                "v",
                "s.v"));
    return Stream.of(
        RowLevelModel.delete("l IS NULL"),
        RowLevelModel.delete("array_contains(tags, 'b') AND m['x'] = 1"),
        RowLevelModel.delete("u.name = 'n1' OR size(f) = 0"),
        // Collections stay as they are, whether they are asked for or not.
        RowLevelModel.update(NESTED, "true", Map.of("v", "k * 10")),
        RowLevelModel.update(NESTED, "l IS NOT NULL", Map.of("v", "size(l)", "m", "m")),
        // From null, to null, from one value to another.
        RowLevelModel.update(NESTED, "l IS NULL", Map.of("l", "array(v, k, v)")),
        RowLevelModel.update(
            NESTED,
            "k < 2",
            Map.of("l", "null", "tags", "null", "m", "null", "f", "null", "u", "null")),
        RowLevelModel.update(NESTED, "c = 0", Map.of("l", "reverse(l)")),
        RowLevelModel.update(
            NESTED,
            "array_contains(tags, 'a')",
            Map.of("tags", "array_remove(tags, 'a')", "f", "array_repeat(f[0], 3)")),
        RowLevelModel.update(NESTED, "size(m) > 1", Map.of("m", "map('w', v, 'x', m['x'] + 1)")),
        RowLevelModel.update(
            NESTED,
            "u.age > 1",
            Map.of("u", "named_struct('name', concat(u.name, '!'), 'age', u.age + 1)")),
        // Only a frozen collection can be empty.
        RowLevelModel.update(NESTED, "true", Map.of("f", "cast(array() AS array<string>)")),
        new RowLevelModel(
            "UPDATE $t SET tags = filter(tags, tag -> false), m = map_filter(m, (x, y) -> false)"
                + " WHERE k = 1 AND c < 2",
            "SELECT k, c, l, if(k = 1, null, tags) AS tags, if(k = 1, null, m) AS m, f, u, v"
                + " FROM before"),
        // Along a chain of keys in use.
        RowLevelModel.update(NESTED, "true", Map.of("c", "c + 1", "tags", "null")),
        RowLevelModel.update(NESTED, "c = 0", Map.of("k", "k + 100", "l", "array(k)")),
        RowLevelModel.merge(
            NESTED,
            onKey,
            List.of(new Clause(UPDATE, "true", Map.of("tags", "s.tags", "m", "s.m")), insert)),
        RowLevelModel.merge(
            NESTED,
            onKey,
            List.of(
                new Clause(DELETE, "s.m IS NULL", Map.of()),
                new Clause(UPDATE, "true", Map.of("l", "null", "u", "null", "v", "s.v")),
                new Clause(INSERT, "true", Map.of("k", "s.k", "c", "s.c", "f", "array('f', s.d)")),
                new Clause(UPDATE_BY_SOURCE, "t.c = 2", Map.of("m", "map('alone', t.k)")),
                new Clause(DELETE_BY_SOURCE, "t.k = 3", Map.of()))));
  }

  @ParameterizedTest
  @MethodSource
  void ofNested(RowLevelModel model) {
    check("nested", NESTED, model);
  }

  /** Each element of a collection has a write time; those of the old rows are 1000. */
  @Test
  @Needs(cassandra = "5.0", reason = Needs.NO_TIMES_OF_ELEMENTS)
  void collectionsThatAStatementLeavesAloneKeepTheirWriteTimes() {
    fillKept();
    Spark.SESSION.sql("UPDATE cass.rowlevel.kept SET v = v + 1, l = array(3, 1), u = u");
    assertThat(writeTimes(0)).isEqualTo("l=old, tags=old, m=old, f=old, u=old, v=new");

    fillKept();
    Spark.SESSION.sql(
        "UPDATE cass.rowlevel.kept SET tags = array('a', 'c'), u = named_struct('name', 'x',"
            + " 'age', u.age) WHERE array_contains(l, 1)");
    assertThat(writeTimes(0)).isEqualTo("l=old, tags=new, m=old, f=old, u=new, v=old");

    fillKept();
    Spark.SESSION.sql(
        "MERGE INTO cass.rowlevel.kept t USING source s ON t.k = s.k AND t.c = s.c"
            + " WHEN MATCHED THEN UPDATE SET m = s.m, f = null, tags = array('a', 'b')");
    assertThat(writeTimes(0)).isEqualTo("l=old, tags=old, m=new, f=none, u=old, v=old");
    assertThat(writeTimes(1)).isEqualTo("l=old, tags=old, m=old, f=old, u=old, v=old");
  }

  private static void fillKept() {
    Cassandra.cql("TRUNCATE rowlevel.kept");
    for (int c = 0; c < 2; c++) {
      Cassandra.cql(
          "INSERT INTO rowlevel.kept (k, c, l, tags, m, f, u, v) VALUES (0, "
              + c
              + ", [3, 1], {'a', 'b'}, {'x': 1, 'y': 2}, ['f'], {age: 5}, 7)"
              + " USING TIMESTAMP 1000");
    }
  }

  private static String writeTimes(int c) {
    var row =
        Cassandra.cql(
                "SELECT writetime(l), writetime(tags), writetime(m), writetime(f), writetime(u),"
                    + " writetime(v) FROM rowlevel.kept WHERE k = 0 AND c = "
                    + c)
            .one();
    List<String> columns = NESTED.subList(2, NESTED.size());
    List<String> ages = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      List<Long> times = new ArrayList<>();
      if (!row.isNull(i)) {
        Object time = row.getObject(i);
        if (time instanceof List<?> ofElements) {
          ofElements.forEach(element -> times.add((Long) element));
        } else {
          times.add((Long) time);
        }
      }
      String age = "mixed";
      if (times.isEmpty()) {
        age = "none";
      } else if (times.stream().allMatch(time -> time == 1000)) {
        age = "old";
      } else if (times.stream().allMatch(time -> time > 1000)) {
        age = "new";
      }
      ages.add(columns.get(i) + "=" + age);
    }
    return String.join(", ", ages);
  }
}
