// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code docs/python.md} calls, called from Java: the page's SQL and its options as they stand
 * there, and rows of the types that Python gives.
 */
class PythonPageIT {
  private static final Pattern SQL =
      Pattern.compile("spark\\.sql\\((?:\"\"\"(.*?)\"\"\"|\"(.*?)\")\\)", Pattern.DOTALL);

  private static final Pattern OPTIONS = Pattern.compile("\\.options\\(([a-zA-Z_]+=.*?)\\)");
  private static final Pattern OPTION = Pattern.compile("([a-zA-Z_]+)=\"(.*?)\"");

  private static final String PAGE = Page.read("python.md");
  private static final List<String> STATEMENTS =
      SQL.matcher(PAGE)
          .results()
          .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
          .toList();

  @BeforeAll
  static void makeTable() {
    Cassandra.ddl(Cassandra.SESSION, "DROP KEYSPACE IF EXISTS py");
    statements("CREATE").forEach(Spark.SESSION::sql);
  }

  private static List<String> statements(String start) {
    List<String> found = STATEMENTS.stream().filter(sql -> sql.strip().startsWith(start)).toList();
    assertThat(found).isNotEmpty();
    return found;
  }

  /** Two rows as {@code createDataFrame} makes them of Python's values. */
  private static Dataset<Row> rows() {
    StructType types =
        new StructType()
            .add("sensor", "string")
            .add("day", "date")
            .add("at", "timestamp")
            .add("value", "bigint")
            .add("tags", DataTypes.createArrayType(DataTypes.StringType));
    LocalDate day = LocalDate.of(2026, 1, 31);
    return Spark.SESSION.createDataFrame(
        List.of(
            RowFactory.create(
                "s1", day, Instant.parse("2026-01-31T12:00:00Z"), 20L, new String[] {"a"}),
            RowFactory.create("s1", day, Instant.parse("2026-01-31T13:00:00Z"), 21L, null)),
        types);
  }

  private static List<Map<String, String>> options() {
    return OPTIONS.matcher(PAGE).results().map(found -> options(found.group(1))).toList();
  }

  private static Map<String, String> options(String arguments) {
    Map<String, String> options = new LinkedHashMap<>();
    for (MatchResult option : OPTION.matcher(arguments).results().toList()) {
      options.put(option.group(1), option.group(2));
    }
    return options;
  }

  @Test
  void runsWhatThePageSays() {
    rows().write().format("cassandra").mode("append").save("py.readings");
    assertThat(Spark.SESSION.read().format("cassandra").load("py.readings").count()).isEqualTo(2);
    assertThat(Arrays.toString((Row[]) Spark.SESSION.sql(statements("SELECT").get(0)).collect()))
        .isEqualTo("[[s1,2,21.0]]");
    statements("UPDATE").forEach(Spark.SESSION::sql);
    statements("DELETE").forEach(Spark.SESSION::sql);
    var left = Cassandra.cql("SELECT value FROM py.readings").all();
    assertThat(left).hasSize(1);
    assertThat(left.get(0).getDouble(0)).isEqualTo(22);
    rows()
        .select("sensor", "day")
        .write()
        .format("cassandra")
        .options(Map.of("write_operation", "delete"))
        .mode("append")
        .save("py.readings");
    assertThat(Cassandra.cql("SELECT * FROM py.readings").one()).isNull();
  }

  @Test
  void streamsIntoTheTable(@TempDir Path folder) throws Exception {
    var writer =
        Spark.SESSION
            .readStream()
            .format("rate")
            .load()
            .selectExpr("'rate' AS sensor", "to_date(timestamp) AS day", "timestamp AS at", "value")
            .writeStream()
            .format("cassandra");
    writer = Spark.with(writer, "keyspace", "py");
    writer = Spark.with(writer, "table", "readings");
    StreamingQuery query =
        Spark.with(writer, "checkpointLocation", folder.resolve("checkpoint").toString()).start();
    try {
      Cassandra.await(
          "rows of the stream",
          () ->
              Cassandra.cql("SELECT * FROM py.readings WHERE sensor = 'rate' ALLOW FILTERING").one()
                  != null);
    } finally {
      query.stop();
    }
    Cassandra.cql("TRUNCATE py.readings");
  }

  @Test
  void knowsEveryOptionOfThePage() {
    assertThat(options()).hasSizeGreaterThanOrEqualTo(4);
    for (Map<String, String> options : options()) {
      Dataset<Row> read =
          options.containsKey("table")
              ? Spark.SESSION.read().format("cassandra").options(options).load()
              : Spark.SESSION.read().format("cassandra").options(options).load("py.readings");
      assertThat(read.columns()).contains("sensor", "tags");
    }
  }

  @Test
  void keepsAWrittenTimeToLive() {
    Map<String, String> options =
        options().stream()
            .filter(given -> given.containsKey("write_ttl"))
            .findFirst()
            .orElseThrow();
    rows().write().format("cassandra").options(options).mode("append").save();
    assertThat(Cassandra.cql("SELECT TTL(value) FROM py.readings").one().getInt(0))
        .isBetween(86_000, 86_400);
    Cassandra.cql("TRUNCATE py.readings");
  }
}
