// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.ColumnDefinitions;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.type.DataType;
import io.ringside.spark.it.cassandra.CassandraCluster;
import io.ringside.spark.it.cassandra.CassandraClusters;
import io.ringside.spark.it.cassandra.ClusterSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every scalar type in every place where it is legal: written by the driver and read by Spark,
 * written by Spark and read by the driver, compared by value. One pair of tables per place, one
 * column per type; rows of all samples, of nulls and of empty values.
 */
class TypeMatrixIT {
  private static final String KS = "matrix";
  private static final int NULLS = 100;
  private static final int EMPTIES = 101;
  private static final Map<String, String> SETTINGS =
      Map.of(
          "spark.sql.session.timeZone", "Europe/Berlin",
          "spark.sql.datetime.java8API.enabled", "true");
  private static final Map<String, String> BEFORE = new HashMap<>();

  @BeforeAll
  static void makeTypes() {
    SETTINGS.forEach(
        (key, value) -> {
          BEFORE.put(key, Spark.SESSION.conf().get(key));
          Spark.SESSION.conf().set(key, value);
        });
    Cassandra.keyspace(KS);
    for (String type : ScalarTypesIT.TYPES) {
      Cassandra.cql("CREATE TYPE %s.one_%s (f %s, n int)".formatted(KS, type, type));
    }
  }

  @AfterAll
  static void restoreSettings() {
    BEFORE.forEach((key, value) -> Spark.SESSION.conf().set(key, value));
  }

  /** All places that the server under test knows: vectors came with 5.0. */
  static Stream<TypePosition> positions() {
    boolean vectors = Cassandra.version().atLeast("5.0");
    return Stream.of(TypePosition.values())
        .filter(position -> vectors || position != TypePosition.VECTOR);
  }

  @Tag("matrix")
  @ParameterizedTest
  @MethodSource("positions")
  void carriesEveryScalarIn(TypePosition position) {
    check(position, Cassandra.SESSION, Map.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.0.19", "4.1.10", "6.0-alpha2"})
  void carriesEveryScalarOfCassandra(String version) {
    try (CassandraCluster cluster =
            CassandraClusters.start(
                ClusterSpec.oneNode("matrix").withVersion(version).withHeapMegabytes(512));
        CqlSession session = Cassandra.open(cluster)) {
      assertThat(session.execute("SELECT release_version FROM system.local").one().getString(0))
          .startsWith(version.replaceFirst("-.*", ""));
      session.execute(
          "CREATE KEYSPACE IF NOT EXISTS "
              + KS
              + " WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
      check(TypePosition.TOP, session, Map.of("contact-points", cluster.contactPoint()));
    }
  }

  private static void check(
      TypePosition position, CqlSession session, Map<String, String> options) {
    List<String> types = ScalarTypesIT.TYPES.stream().filter(position::takes).toList();
    String name = position.name().toLowerCase(Locale.ROOT);
    String source = name + "_source";
    String target = name + "_target";
    for (String table : List.of(source, target)) {
      StringBuilder columns = new StringBuilder("id int PRIMARY KEY");
      types.forEach(
          type -> columns.append(", c_").append(type).append(' ').append(position.cql(type)));
      session.execute("DROP TABLE IF EXISTS %s.%s".formatted(KS, table));
      session.execute("CREATE TABLE %s.%s (%s)".formatted(KS, table, columns));
    }
    Map<Integer, List<@Nullable Object>> rows = insert(position, session, source, types);

    Map<Integer, List<@Nullable Object>> bySpark = new HashMap<>();
    for (var row : table(options, source).load().collectAsList()) {
      List<@Nullable Object> values = new ArrayList<>();
      types.forEach(type -> values.add(position.read(row, "c_" + type)));
      bySpark.put(row.getAs("id"), values);
    }
    assertThat(bySpark).as("read by Spark").isEqualTo(rows);

    scalars(types)
        .selectExpr(expressions(position, types))
        .write()
        .format("cassandra")
        .option("keyspace", KS)
        .option("table", target)
        .options(options)
        .mode("append")
        .save();
    assertThat(read(session, target, types)).as("written by Spark").isEqualTo(rows);
  }

  private static DataFrameReader table(Map<String, String> options, String table) {
    return Spark.SESSION
        .read()
        .format("cassandra")
        .option("keyspace", KS)
        .option("table", table)
        .options(options);
  }

  /** Writes all rows with the driver; returns what must be read, by key. */
  private static Map<Integer, List<@Nullable Object>> insert(
      TypePosition position, CqlSession session, String table, List<String> types) {
    PreparedStatement insert =
        session.prepare(
            "INSERT INTO %s.%s (id, c_%s) VALUES (?%s)"
                .formatted(KS, table, String.join(", c_", types), ", ?".repeat(types.size())));
    ColumnDefinitions variables = insert.getVariableDefinitions();
    Map<Integer, List<@Nullable Object>> rows = new HashMap<>();
    for (int id : ids()) {
      @Nullable Object[] values = new @Nullable Object[types.size() + 1];
      values[0] = id;
      List<@Nullable Object> expected = new ArrayList<>();
      for (int i = 0; i < types.size(); i++) {
        @Nullable Object value = value(position, variables.get(i + 1).getType(), types.get(i), id);
        values[i + 1] = value;
        expected.add(
            value == null || (id == EMPTIES && !position.keepsEmpty())
                ? null
                : TypeSamples.normal(value));
      }
      session.execute(insert.bind(values));
      rows.put(id, expected);
    }
    return rows;
  }

  private static List<Integer> ids() {
    return List.of(0, 1, 2, 3, 4, NULLS, EMPTIES);
  }

  private static @Nullable Object value(TypePosition position, DataType cql, String type, int id) {
    if (id == NULLS) {
      return null;
    }
    return id == EMPTIES
        ? position.empty(cql)
        : position.of(cql, sample(type, id), sample(type, id + 1));
  }

  private static Object sample(String type, int index) {
    List<Object> samples = TypeSamples.of(type);
    return samples.get(index % samples.size());
  }

  /** Rows of two samples of each type, {@code a_} and {@code b_}, made without Cassandra. */
  private static Dataset<org.apache.spark.sql.Row> scalars(List<String> types) {
    StructType schema = new StructType().add("id", "int");
    for (String type : types) {
      schema = schema.add("a_" + type, sparkType(type)).add("b_" + type, sparkType(type));
    }
    List<org.apache.spark.sql.Row> rows = new ArrayList<>();
    for (int id : ids()) {
      List<@Nullable Object> values = new ArrayList<>(List.of(id));
      for (String type : types) {
        values.add(TypeSamples.external(sample(type, id)));
        values.add(TypeSamples.external(sample(type, id + 1)));
      }
      rows.add(RowFactory.create(values.toArray()));
    }
    return Spark.SESSION.createDataFrame(rows, schema);
  }

  private static String sparkType(String type) {
    return switch (type) {
      case "ascii", "duration", "inet", "text", "timeuuid", "uuid" -> "string";
      case "time" -> "bigint";
      case "blob" -> "binary";
      case "decimal" -> "decimal(38,18)";
      case "varint" -> "decimal(38,0)";
      default -> type;
    };
  }

  private static String[] expressions(TypePosition position, List<String> types) {
    List<String> expressions = new ArrayList<>(List.of("id"));
    for (String type : types) {
      expressions.add(
          "CASE WHEN id = %d THEN NULL WHEN id = %d THEN %s ELSE %s END AS c_%s"
              .formatted(
                  NULLS,
                  EMPTIES,
                  position.sqlEmpty("a_" + type),
                  position.sql("a_" + type, "b_" + type),
                  type));
    }
    return expressions.toArray(String[]::new);
  }

  private static Map<Integer, List<@Nullable Object>> read(
      CqlSession session, String table, List<String> types) {
    Map<Integer, List<@Nullable Object>> rows = new HashMap<>();
    for (Row row : session.execute("SELECT * FROM %s.%s".formatted(KS, table))) {
      List<@Nullable Object> values = new ArrayList<>();
      for (String type : types) {
        String column = "c_" + type;
        values.add(row.isNull(column) ? null : TypeSamples.normal(row.getObject(column)));
      }
      rows.put(row.getInt("id"), values);
    }
    return rows;
  }
}
