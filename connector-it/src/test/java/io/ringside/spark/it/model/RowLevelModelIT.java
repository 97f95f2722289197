// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.cql.Row;
import io.ringside.spark.it.Cassandra;
import io.ringside.spark.it.Spark;
import io.ringside.spark.it.model.Column.CellType;
import io.ringside.spark.it.model.Column.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random {@code DELETE}, {@code UPDATE} and {@code MERGE} statements: after each, the table holds
 * what a model in plain Java says. The table is read past the connector. {@code
 * -Drowlevel.seed=<number>} chooses other statements, {@code -Drowlevel.statements=<number>} their
 * number.
 */
class RowLevelModelIT {
  private static final String KS = "rowmodel";
  private static final long SEED = Long.getLong("rowlevel.seed", 20_261_126);
  private static final int STATEMENTS = Integer.getInteger("rowlevel.statements", 100);
  private static final int ROWS = 30;
  private static final int FEWEST_ROWS = 8;
  private static final String PARTITIONS = "spark.sql.shuffle.partitions";

  /** An index that finds texts in any case. */
  private static final String ANY_CASE =
      "CREATE CUSTOM INDEX ON $t (w) USING 'StorageAttachedIndex' WITH OPTIONS ="
          + " {'case_sensitive': 'false'}";

  private static String partitionsBefore = "";

  @BeforeAll
  static void makeTables() {
    Cassandra.keyspace(KS);
    for (Shape shape : shapes().toList()) {
      Cassandra.cql(shape.ddl(KS));
      for (String index : shape.indexes()) {
        Cassandra.cql(index.replace("$t", KS + '.' + shape.name()));
      }
    }
    partitionsBefore = Spark.SESSION.conf().get(PARTITIONS);
    // The tables are small.
    Spark.SESSION.conf().set(PARTITIONS, "1");
  }

  @AfterAll
  static void resetPartitions() {
    Spark.SESSION.conf().set(PARTITIONS, partitionsBefore);
  }

  static Stream<Shape> shapes() {
    boolean sai = Cassandra.version().atLeast("5.0");
    return Stream.of(
        new Shape(
            "simple",
            List.of(
                new Column("k", Role.PARTITION, CellType.INT),
                new Column("v", Role.REGULAR, CellType.INT),
                new Column("w", Role.REGULAR, CellType.TEXT),
                new Column("tags", Role.REGULAR, CellType.SET),
                new Column("m", Role.REGULAR, CellType.MAP)),
            "",
            sai
                ? List.of("CREATE INDEX ON $t (v)", "CREATE INDEX ON $t (tags)", ANY_CASE)
                : List.of("CREATE INDEX ON $t (v)", "CREATE INDEX ON $t (tags)")),
        new Shape(
            "composite",
            List.of(
                new Column("p", Role.PARTITION, CellType.INT),
                new Column("q", Role.PARTITION, CellType.TEXT),
                new Column("c", Role.CLUSTERING, CellType.INT),
                new Column("d", Role.CLUSTERING, CellType.TEXT),
                new Column("v", Role.REGULAR, CellType.INT),
                new Column("w", Role.REGULAR, CellType.TEXT),
                new Column("l", Role.REGULAR, CellType.LIST)),
            "WITH CLUSTERING ORDER BY (c DESC, d ASC)",
            sai
                ? List.of(
                    "CREATE INDEX ON $t (v) USING 'sai'", "CREATE INDEX ON $t (w) USING 'sai'")
                : List.of("CREATE INDEX ON $t (w)")),
        new Shape(
            "statics",
            List.of(
                new Column("p", Role.PARTITION, CellType.INT),
                new Column("c", Role.CLUSTERING, CellType.INT),
                new Column("s", Role.STATIC, CellType.INT),
                new Column("t", Role.STATIC, CellType.TEXT),
                new Column("v", Role.REGULAR, CellType.INT),
                new Column("m", Role.REGULAR, CellType.MAP)),
            "",
            List.of("CREATE INDEX ON $t (v)", "CREATE INDEX ON $t (s)")));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void changesWhatTheModelChanges(Shape shape) {
    Random random = new Random(SEED + shape.name().hashCode());
    Changes changes = new Changes(shape, random);
    TableModel model = new TableModel(shape);
    int count = Math.toIntExact(STATEMENTS / shapes().count() + 1);
    for (int i = 0; i < count; i++) {
      fill(model, shape, random);
      check(changes.next(), model, shape, i);
    }
  }

  private static void check(Change change, TableModel model, Shape shape, int number) {
    List<String> before = texts(model.visible());
    String name = KS + '.' + shape.name();
    String statement = change.sql().replace("$t", "cass." + name);
    String label =
        "seed %d, statement %d on rows%n%s%n%s"
            .formatted(SEED, number, String.join("\n", before), statement);
    if (change.effect().apply(model)) {
      Spark.SESSION.sql(statement);
    } else {
      assertThatThrownBy(() -> Spark.SESSION.sql(statement))
          .as(label)
          .hasStackTraceContaining("Cannot ");
    }
    assertThat(texts(rows(shape))).as(label).isEqualTo(texts(model.visible()));
  }

  /** Adds rows past the connector when few are left. */
  private static void fill(TableModel model, Shape shape, Random random) {
    Literals literals = new Literals(random);
    if (model.size() >= FEWEST_ROWS) {
      return;
    }
    List<Column> written = shape.columns();
    for (int i = 0; i < ROWS; i++) {
      Map<String, Object> row = new HashMap<>();
      List<Object> cells = new ArrayList<>();
      for (Column column : written) {
        Object value = literals.cell(column);
        cells.add(value);
        if (value != null) {
          row.put(column.name(), value);
        }
      }
      Cassandra.cql(
          "INSERT INTO %s.%s (%s) VALUES (%s)"
              .formatted(
                  KS,
                  shape.name(),
                  written.stream().map(Column::name).collect(Collectors.joining(", ")),
                  written.stream().map(column -> "?").collect(Collectors.joining(", "))),
          cells.toArray());
      model.put(row, written);
    }
  }

  private static List<Map<String, Object>> rows(Shape shape) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Row row : Cassandra.cql("SELECT * FROM %s.%s".formatted(KS, shape.name()))) {
      Map<String, Object> cells = new HashMap<>();
      for (Column column : shape.columns()) {
        Object value = row.getObject(column.name());
        if (value != null && !row.isNull(column.name())) {
          cells.put(column.name(), value);
        }
      }
      rows.add(cells);
    }
    return rows;
  }

  /** A text for each row, in the order of these texts. */
  private static List<String> texts(Collection<Map<String, Object>> rows) {
    return rows.stream()
        .map(
            row -> {
              Map<String, Object> sorted = new TreeMap<>();
              row.forEach((name, value) -> sorted.put(name, sorted(value)));
              return sorted.toString();
            })
        .sorted()
        .toList();
  }

  private static Object sorted(Object value) {
    if (value instanceof Map<?, ?> map) {
      return new TreeMap<>(map);
    }
    return value instanceof Set<?> set ? new TreeSet<>(set) : value;
  }
}
