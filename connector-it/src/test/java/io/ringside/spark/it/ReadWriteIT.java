// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.cql.Row;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The front doors: {@code format("cassandra")}, a SQL catalog, Spark's own catalog. */
@Tag("matrix")
class ReadWriteIT {
  private static final String KS = "read_write";

  @BeforeAll
  static void makeKeyspace() {
    Cassandra.keyspace(KS);
  }

  @BeforeEach
  void makeTables() {
    for (String table : List.of("readings", "copies")) {
      Cassandra.cql("DROP TABLE IF EXISTS " + KS + "." + table);
      Cassandra.cql(
          "CREATE TABLE "
              + KS
              + "."
              + table
              + " (sensor text, day date, at timestamp, value double, note text,"
              + " PRIMARY KEY ((sensor, day), at)) WITH CLUSTERING ORDER BY (at DESC)");
    }
  }

  private static Dataset<org.apache.spark.sql.Row> readings(long rows) {
    return Spark.SESSION
        .range(rows)
        .selectExpr(
            "concat('s', id % 10) AS sensor",
            "date_add(date'2024-01-01', cast(id % 3 AS int)) AS day",
            "timestamp_millis(1700000000000L + id) AS at",
            "cast(id AS double) AS value",
            "if(id % 2 = 0, null, concat('n', id)) AS note");
  }

  private static long count(String table) {
    return Cassandra.cql("SELECT count(*) FROM " + KS + "." + table).one().getLong(0);
  }

  @Test
  void readsBackWhatItWroteThroughFormat() {
    Dataset<org.apache.spark.sql.Row> rows = readings(5_000);
    Spark.append(rows, KS, "readings");
    assertThat(count("readings")).isEqualTo(5_000);
    Dataset<org.apache.spark.sql.Row> read =
        Spark.table(KS, "readings").select("sensor", "day", "at", "value", "note");
    assertThat(read.exceptAll(rows).isEmpty()).isTrue();
    assertThat(rows.exceptAll(read).isEmpty()).isTrue();
  }

  @Test
  void writesAtTimesFromTheJobsStartOn() {
    long before = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
    Spark.append(readings(300), KS, "readings");
    long after = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis() + 1);
    List<Row> times = Cassandra.cql("SELECT writetime(value) FROM " + KS + ".readings").all();
    assertThat(times).hasSize(300);
    assertThat(times.stream().map(row -> row.getLong(0)))
        .allSatisfy(time -> assertThat(time).isBetween(before, after));
  }

  @Test
  void leavesCellsOfNullsAsTheyAre() {
    Spark.append(readings(2), KS, "readings");
    Spark.append(
        readings(2).selectExpr("sensor", "day", "at", "cast(null AS double) AS value"),
        KS,
        "readings");
    assertThat(Cassandra.cql("SELECT value FROM " + KS + ".readings").all())
        .allMatch(row -> !row.isNull(0));
  }

  @Test
  void readsOnlyTheColumnsAsked() {
    Spark.append(readings(50), KS, "readings");
    Dataset<org.apache.spark.sql.Row> values = Spark.table(KS, "readings").select("value");
    assertThat(values.queryExecution().toString())
        .contains("SELECT value FROM read_write.readings WHERE token(sensor,day)>?");
    assertThat(values.count()).isEqualTo(50);
    assertThat(Spark.table(KS, "readings").count()).isEqualTo(50);
  }

  @Test
  void servesSqlThroughACatalog() {
    Spark.append(readings(100), KS, "readings");
    Spark.SESSION.sql("INSERT INTO cass.read_write.copies SELECT * FROM cass.read_write.readings");
    assertThat(count("copies")).isEqualTo(100);
    assertThat(
            Spark.SESSION
                .sql(
                    "SELECT c.sensor, count(*) AS n, sum(r.value) AS total"
                        + " FROM cass.read_write.copies c JOIN cass.read_write.readings r"
                        + " ON c.sensor = r.sensor AND c.day = r.day AND c.at = r.at"
                        + " GROUP BY c.sensor ORDER BY c.sensor")
                .collectAsList()
                .get(3)
                .toString())
        .isEqualTo("[s3,10,480.0]");
    assertThat(Spark.SESSION.sql("SHOW TABLES IN cass.read_write").count()).isEqualTo(2);
    assertThat(
            Spark.SESSION.sql("SHOW NAMESPACES IN cass").collectAsList().stream()
                .map(row -> row.getString(0)))
        .contains(KS);
  }

  @Test
  void writesThroughWriteTo() throws NoSuchTableException {
    readings(30).writeTo("cass.read_write.copies").append();
    assertThat(count("copies")).isEqualTo(30);
  }

  @Test
  void servesATemporaryView() {
    Spark.append(readings(20), KS, "readings");
    Spark.SESSION.sql(
        "CREATE OR REPLACE TEMPORARY VIEW readings_view USING cassandra"
            + " OPTIONS (keyspace 'read_write', table 'readings')");
    assertThat(Spark.SESSION.table("readings_view").count()).isEqualTo(20);
  }

  @Test
  @Needs(
      spark = "4.0",
      reason = "Spark's own catalog takes sources of this kind from 4.0 on (SPARK-46043)")
  void servesATableOfSparksOwnCatalog() {
    Spark.append(readings(20), KS, "readings");
    Spark.SESSION.sql("DROP TABLE IF EXISTS readings_table");
    Spark.SESSION.sql(
        "CREATE TABLE readings_table USING cassandra"
            + " OPTIONS (keyspace 'read_write', table 'readings')");
    try {
      assertThat(Spark.SESSION.table("readings_table").count()).isEqualTo(20);
      Spark.SESSION.sql(
          "INSERT INTO readings_table VALUES"
              + " ('new', date'2024-01-01', timestamp'2024-01-01 00:00:00', null, 1.5D)");
      assertThat(count("readings")).isEqualTo(21);
    } finally {
      Spark.SESSION.sql("DROP TABLE readings_table");
    }
  }

  @Test
  void namesTheNearestTables() {
    assertThatThrownBy(() -> Spark.table(KS, "reading"))
        .isInstanceOf(NoSuchTableException.class)
        .hasMessageContaining("read_write.readings");
    assertThatThrownBy(() -> Spark.table("read_wriet", "readings"))
        .isInstanceOf(NoSuchTableException.class)
        .hasMessageContaining("read_write.readings");
  }

  @Test
  void namesTheContactPointsWhenNobodyAnswers() {
    assertThatThrownBy(
            () ->
                Spark.SESSION
                    .read()
                    .format("cassandra")
                    .option("keyspace", KS)
                    .option("table", "readings")
                    .option("contact-points", "127.0.0.1:1")
                    .load())
        .hasMessageContaining("Cannot connect to Cassandra at [127.0.0.1:1]")
        .hasMessageContaining("refused")
        .hasMessageContaining("'contact-points'");
  }

  @Test
  void suggestsOptions() {
    assertThatThrownBy(
            () ->
                Spark.SESSION
                    .read()
                    .format("cassandra")
                    .option("keyspace", KS)
                    .option("tabel", "readings")
                    .load())
        .hasMessageContaining("Unknown option 'tabel'. Did you mean 'table'?");
    assertThatThrownBy(
            () -> Spark.SESSION.read().format("cassandra").option("host", "x").load("a.b"))
        .hasMessageContaining("Unknown option 'host'. Did you mean 'contact-points'?");
    assertThatThrownBy(() -> Spark.SESSION.read().format("cassandra").option("table", "x").load())
        .hasMessageContaining("option 'keyspace' is missing");
  }

  @Test
  void readsAndWritesTheTableThatAPathNames() {
    readings(10).write().format("cassandra").mode("append").save(KS + ".readings");
    assertThat(Spark.SESSION.read().format("cassandra").load(KS + ".readings").count())
        .isEqualTo(10);
    assertThat(
            Spark.SESSION
                .read()
                .format("cassandra")
                .option("keyspace", KS)
                .load("`readings`")
                .count())
        .isEqualTo(10);
    assertThatThrownBy(() -> Spark.SESSION.read().format("cassandra").load("/data/readings"))
        .hasMessageContaining("'/data/readings' is no name of a table");
  }

  @Test
  void refusesRowsWithoutTheWholeKey() {
    assertThatThrownBy(() -> Spark.append(readings(10).drop("day"), KS, "readings"))
        .hasMessageContaining(
            "Cannot write to read_write.readings: column 'day' is part of the primary key but"
                + " missing");
    assertThatThrownBy(
            () ->
                Spark.append(
                    readings(10)
                        .selectExpr("sensor", "day", "cast(null AS timestamp) AS at", "value"),
                    KS,
                    "readings"))
        .hasStackTraceContaining(
            "Cannot write to read_write.readings: column 'at' is part of the primary key but null");
    assertThat(count("readings")).isZero();
  }

  @Test
  void refusesColumnsThatDoNotFit() {
    assertThatThrownBy(
            () -> Spark.append(readings(10).withColumnRenamed("value", "valeu"), KS, "readings"))
        .hasMessageContaining("it has no column 'valeu'");
    assertThatThrownBy(
            () ->
                Spark.append(
                    readings(10).selectExpr("sensor", "day", "at", "array(value) AS value"),
                    KS,
                    "readings"))
        .hasMessageContaining("Cannot write column 'value': Spark type array<double> does not fit");
    assertThat(count("readings")).isZero();
  }

  @Test
  void failsFastWithTheServersWords() {
    Cassandra.cql("CREATE TABLE IF NOT EXISTS " + KS + ".keys (key text PRIMARY KEY, value int)");
    assertThatThrownBy(
            () ->
                Spark.append(
                    Spark.SESSION
                        .range(1000)
                        .selectExpr("repeat('x', 70000) AS key", "cast(id AS int) AS value"),
                    KS,
                    "keys"))
        .hasStackTraceContaining("Cannot write to read_write.keys: ")
        .hasStackTraceContaining("key: key")
        .hasStackTraceContaining("at LOCAL_QUORUM")
        .hasStackTraceContaining("longer than maximum");
  }
}
