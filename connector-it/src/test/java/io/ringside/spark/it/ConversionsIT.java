// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.data.CqlVector;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every conversion of the table in {@code docs/types.md}, of a value by itself and inside of a
 * list, written by {@code format("cassandra")} and by a catalog, and read by CQL.
 */
@Tag("matrix")
class ConversionsIT {
  private static final String KS = "conversions";

  /** A value of each Spark type that fits every type which it is converted to. */
  private static final Map<String, String> VALUES =
      Map.ofEntries(
          Map.entry("boolean", "true"),
          Map.entry("tinyint", "CAST(7 AS tinyint)"),
          Map.entry("smallint", "CAST(7 AS smallint)"),
          Map.entry("int", "7"),
          Map.entry("bigint", "7L"),
          Map.entry("float", "CAST(7 AS float)"),
          Map.entry("double", "7.0D"),
          Map.entry("decimal(38,0)", "CAST(7 AS decimal(38,0))"),
          Map.entry("decimal(38,18)", "CAST(7 AS decimal(38,18))"),
          Map.entry("binary", "X'0102'"),
          Map.entry("date", "DATE '2026-01-31'"),
          Map.entry("timestamp", "TIMESTAMP '2026-01-31 12:30:00.123'"),
          Map.entry("timestamp_ntz", "TIMESTAMP_NTZ '2026-01-31 12:30:00.123'"),
          Map.entry("interval year to month", "INTERVAL '1-2' YEAR TO MONTH"),
          Map.entry("interval day to second", "INTERVAL '1 02:00:00' DAY TO SECOND"));

  /** A text for each CQL type that has texts of its own. */
  private static final Map<String, String> TEXTS =
      Map.of(
          "boolean", "'yes'",
          "date", "'2026-01-31'",
          "time", "'12:30:00.5'",
          "timestamp", "'2026-01-31 12:30:00.123'",
          "duration", "'1mo2d3h'",
          "uuid", "'123e4567-e89b-42d3-a456-426614174000'",
          "timeuuid", "'123e4567-e89b-12d3-a456-426614174000'",
          "inet", "'192.0.2.1'");

  /** Marks of the table, by Spark type and CQL type. */
  private static final Map<String, Map<String, String>> MARKS = marks();

  private static int ids;

  private static Map<String, Map<String, String>> marks() {
    List<String> lines =
        Page.read("types.md")
            .lines()
            .dropWhile(line -> !line.startsWith("| CQL | `boolean`"))
            .takeWhile(line -> line.startsWith("|"))
            .toList();
    String[] sources = lines.get(0).replace("`", "").split("\\|", -1);
    Map<String, Map<String, String>> marks = new TreeMap<>();
    for (String line : lines.subList(2, lines.size())) {
      String[] cells = line.replace("`", "").split("\\|", -1);
      for (int i = 2; i < sources.length - 1; i++) {
        if (!cells[i].isBlank()) {
          marks
              .computeIfAbsent(sources[i].trim(), source -> new TreeMap<>())
              .put(cells[1].trim(), cells[i].trim());
        }
      }
    }
    return marks;
  }

  @BeforeAll
  static void makeTables() {
    Cassandra.keyspace(KS);
    String columns =
        MARKS.values().stream()
            .flatMap(targets -> targets.keySet().stream())
            .distinct()
            .filter(type -> !type.equals("counter"))
            .map(type -> "c_%1$s %1$s, l_%1$s list<%1$s>".formatted(type))
            .collect(Collectors.joining(", "));
    Cassandra.cql("CREATE TABLE conversions.t (id int PRIMARY KEY, %s)".formatted(columns));
    Cassandra.cql("CREATE TABLE conversions.counts (id int PRIMARY KEY, c_counter counter)");
  }

  private static String literal(String source, String target) {
    return source.equals("string")
        ? Objects.requireNonNullElse(TEXTS.get(target), "' 7 '")
        : Objects.requireNonNull(VALUES.get(source), source);
  }

  /** A query of one row with values for some columns, each by itself and in a list. */
  private static String query(int id, String source, Collection<String> targets) {
    List<String> columns = new ArrayList<>(List.of(id + " AS id"));
    for (String target : targets) {
      String value = literal(source, target);
      columns.add(value + " AS c_" + target);
      if (!target.equals("counter")) {
        columns.add("array(%s) AS l_%s".formatted(value, target));
      }
    }
    return "SELECT " + String.join(", ", columns);
  }

  private static void byFormat(String table, String query) {
    Spark.append(Spark.SESSION.sql(query), KS, table);
  }

  /** The columns without values are named as well, as Spark wants them before 4.1. */
  private static void byCatalog(String table, String query) {
    String nulls =
        Arrays.stream(Spark.SESSION.table("cass.conversions." + table).columns())
            .filter(
                column -> !query.contains(" AS " + column + ",") && !query.endsWith(" " + column))
            .map(column -> ", NULL AS " + column)
            .collect(Collectors.joining());
    Spark.SESSION.sql(
        "INSERT INTO cass.conversions.%s BY NAME %s%s".formatted(table, query, nulls));
  }

  /** The cells of a row, in which decimals are equal if their values are. */
  private static Map<String, Object> cells(String table, int id) {
    var row =
        Cassandra.cql("SELECT * FROM conversions.%s WHERE id = %d".formatted(table, id)).one();
    Map<String, Object> cells = new HashMap<>();
    row.getColumnDefinitions()
        .forEach(
            column -> {
              Object value = row.getObject(column.getName());
              // The driver reads a list that is not there as an empty one.
              boolean present = value != null && !value.equals(List.of());
              if (present && !column.getName().asInternal().equals("id")) {
                cells.put(column.getName().asInternal(), comparable(Objects.requireNonNull(value)));
              }
            });
    return cells;
  }

  private static Object comparable(Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal.stripTrailingZeros();
    } else if (value instanceof List<?> list) {
      return list.stream().map(ConversionsIT::comparable).toList();
    }
    return value;
  }

  @Test
  void writesTheSameCellsBothWays() {
    int pairs = 0;
    for (var source : MARKS.entrySet()) {
      List<String> all = new ArrayList<>(source.getValue().keySet());
      boolean counts = all.remove("counter");
      List<String> both = new ArrayList<>(all);
      both.removeIf(target -> "format".equals(source.getValue().get(target)));
      pairs += assertThatCellsAreEqual("t", source.getKey(), all, both);
      if (counts) {
        pairs +=
            assertThatCellsAreEqual(
                "counts",
                source.getKey(),
                List.of("counter"),
                source.getKey().equals("string") ? List.of() : List.of("counter"));
      }
    }
    assertThat(pairs).isGreaterThanOrEqualTo(150);
  }

  /** Returns how many pairs of types were written: those of lists count too. */
  private static int assertThatCellsAreEqual(
      String table, String source, List<String> all, List<String> both) {
    int first = ids++;
    byFormat(table, query(first, source, all));
    Map<String, Object> byFormat = cells(table, first);
    assertThat(byFormat).as(source).hasSize(table.equals("t") ? 2 * all.size() : 1);
    int second = ids++;
    if (!both.isEmpty()) {
      byCatalog(table, query(second, source, both));
      Map<String, Object> byCatalog = cells(table, second);
      byFormat.keySet().retainAll(byCatalog.keySet());
      assertThat(byCatalog).as(source).hasSize(table.equals("t") ? 2 * both.size() : 1);
      assertThat(byCatalog).as(source).isEqualTo(byFormat);
    }
    for (String target : all) {
      if (!both.contains(target)) {
        assertThatThrownBy(() -> byCatalog(table, query(second, source, List.of(target))))
            .as("%s to %s", source, target)
            .satisfiesAnyOf(
                error -> assertThat(error).isInstanceOf(AnalysisException.class),
                error -> assertThat(error).hasMessageContaining("a text is not a duration"));
      }
    }
    return table.equals("t") ? 2 * all.size() : 1;
  }

  /** What Python gives: whole numbers are bigint and others double. */
  @Test
  void writesWhatPythonGives() {
    Cassandra.cql("CREATE TYPE conversions.person (name text, age smallint)");
    Cassandra.cql(
        "CREATE TABLE conversions.py (k int, n smallint, tags set<int>, scores map<text, float>, who"
            + " frozen<person>, at frozen<tuple<int, float>>, PRIMARY KEY (k, n))");
    byFormat(
        "py",
        "SELECT 1L AS k, 2L AS n, array(1L, 2L) AS tags, map('a', 0.1D) AS scores,"
            + " named_struct('name', 'Ann', 'age', 30L) AS who, struct(1L, 0.5D) AS at");
    var row = Cassandra.cql("SELECT * FROM conversions.py WHERE k = 1 AND n = 2").one();
    assertThat(row.getSet("tags", Integer.class)).containsExactly(1, 2);
    assertThat(row.getMap("scores", String.class, Float.class)).isEqualTo(Map.of("a", 0.1f));
    assertThat(row.getUdtValue("who").getShort("age")).isEqualTo((short) 30);
    assertThat(row.getTupleValue("at").getFloat(1)).isEqualTo(0.5f);
    Spark.append(
        Spark.SESSION.sql("SELECT 1L AS k, '2' AS n"),
        KS,
        "py",
        Map.of("write.operation", "delete"));
    assertThat(Cassandra.cql("SELECT * FROM conversions.py").one()).isNull();
  }

  @Test
  @Needs(cassandra = "5.0", reason = "Vectors came with 5.0 (CEP-30)")
  void writesVectorsOfDoubles() {
    Cassandra.cql("CREATE TABLE conversions.v (id int PRIMARY KEY, v vector<float, 2>)");
    byFormat("v", "SELECT 1L AS id, array(0.5D, 0.25D) AS v");
    assertThat(Cassandra.cql("SELECT v FROM conversions.v").one().getVector(0, Float.class))
        .isEqualTo(CqlVector.newInstance(0.5f, 0.25f));
  }

  @Test
  void namesTheRowWhoseValueDoesNotFit() {
    Dataset<Row> rows =
        Spark.SESSION.sql("SELECT id, id * 1000000000 AS c_int FROM range(1, 5, 1, 1)");
    assertThatThrownBy(() -> Spark.append(rows, KS, "t"))
        .hasMessageContaining(
            "Cannot write column 'c_int': a value of Spark type bigint does not fit CQL type int:"
                + " it is outside -2147483648 to 2147483647. Correct the value or use null. The row"
                + " has the key id=3.");
  }

  @Test
  void refusesTypesIfAskedTo() {
    assertThatThrownBy(
            () ->
                Spark.append(
                    Spark.SESSION.sql("SELECT 1 AS id, 7L AS c_int"),
                    KS,
                    "t",
                    Map.of("write.conversion", "strict")))
        .hasMessageContaining(
            "Spark type bigint does not fit CQL type int without loss. Cast it to int.");
  }
}
