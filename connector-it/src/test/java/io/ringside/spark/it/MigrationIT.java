// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.cql.Row;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Jobs that know nothing but the names of the DataStax connector. */
@Tag("matrix")
class MigrationIT {
  private static final String KS = "migration";
  private static final String SCC = "org.apache.spark.sql.cassandra";
  private static final String HOST = "spark.cassandra.connection.host";
  private static final String PORT = "spark.cassandra.connection.port";

  private SparkSession spark = Spark.SESSION;

  @BeforeAll
  static void makeTable() {
    Cassandra.keyspace(KS);
    Cassandra.cql("CREATE TABLE " + KS + ".t (id int PRIMARY KEY, v text, w text)");
  }

  @BeforeEach
  void openSession() {
    Cassandra.cql("TRUNCATE " + KS + ".t");
    spark = Spark.SESSION.newSession();
    SparkSession.setActiveSession(spark);
    spark.conf().unset("spark.datasource.cassandra.contact-points");
    spark.conf().set(HOST, Cassandra.host());
    spark.conf().set(PORT, Cassandra.port());
  }

  @AfterEach
  void forgetSession() {
    SparkSession.setActiveSession(Spark.SESSION);
  }

  private Dataset<org.apache.spark.sql.Row> table(Map<String, String> options) {
    return spark
        .read()
        .format(SCC)
        .option("keyspace", KS)
        .option("table", "t")
        .options(options)
        .load();
  }

  private void append(String rows, Map<String, String> options) {
    DataFrameWriter<org.apache.spark.sql.Row> writer =
        spark
            .sql(rows)
            .write()
            .format(SCC)
            .option("keyspace", KS)
            .option("table", "t")
            .mode("append");
    options.forEach(writer::option);
    writer.save();
  }

  private static Row row(int id) {
    return Cassandra.cql(
            "SELECT id, v, ttl(v) AS ttl, writetime(v) AS time FROM " + KS + ".t WHERE id = ?", id)
        .one();
  }

  @Test
  void readsAndWritesByTheOldNames() {
    append(
        "SELECT 1 AS id, 'a' AS v",
        Map.of(
            "ttl", "5000",
            "writetime", "123456789",
            "cluster", "default",
            "spark.cassandra.output.consistency.level", "ONE",
            "spark.cassandra.output.batch.size.rows", "auto",
            "spark.cassandra.output.concurrent.writes", "7"));
    assertThat(row(1).getInt("ttl")).isBetween(4000, 5000);
    assertThat(row(1).getLong("time")).isEqualTo(123456789L);
    Dataset<org.apache.spark.sql.Row> read =
        table(
            Map.of(
                "pushdown", "false",
                "spark.cassandra.input.consistency.level", "ONE",
                "spark.cassandra.input.split.sizeInMB", "32",
                "spark.cassandra.read.timeout_ms", "9000"));
    assertThat(read.where("id = 1").select("v").as(org.apache.spark.sql.Encoders.STRING()).first())
        .isEqualTo("a");
  }

  @Test
  void followsTheOldSettingsOfTheSession() {
    spark.conf().set("spark.cassandra.output.ttl", "3000");
    spark.conf().set("spark.cassandra.output.timestamp", "42");
    append("SELECT 2 AS id, 'b' AS v", Map.of());
    assertThat(row(2).getInt("ttl")).isBetween(2000, 3000);
    assertThat(row(2).getLong("time")).isEqualTo(42);
    append(
        "SELECT 2 AS id, 'c' AS v", Map.of("spark.cassandra.output.ttl", "0", "writetime", "43"));
    assertThat(row(2).isNull("ttl")).isTrue();
    assertThat(row(2).getString("v")).isEqualTo("c");
  }

  @Test
  void deletesOrKeepsCellsOfNullsAsTold() {
    append("SELECT 3 AS id, 'd' AS v", Map.of());
    append(
        "SELECT 3 AS id, cast(null AS string) AS v",
        Map.of("spark.cassandra.output.ignoreNulls", "true"));
    assertThat(row(3).getString("v")).isEqualTo("d");
    append(
        "SELECT 3 AS id, cast(null AS string) AS v",
        Map.of("spark.cassandra.output.ignoreNulls", "false"));
    assertThat(row(3).isNull("v")).isTrue();
  }

  @Test
  void readsAViewAndACatalog() {
    append("SELECT 4 AS id, 'e' AS v", Map.of());
    spark.sql(
        "CREATE TEMPORARY VIEW words USING org.apache.spark.sql.cassandra"
            + " OPTIONS (keyspace 'migration', table 't', cluster 'any', pushdown 'true')");
    assertThat(spark.sql("SELECT v FROM words WHERE id = 4").count()).isEqualTo(1);
    spark.conf().unset(HOST);
    spark.conf().unset(PORT);
    spark.conf().set("spark.sql.catalog.scc", "io.ringside.spark.CassandraCatalog");
    spark.conf().set("spark.sql.catalog.scc." + HOST, Cassandra.host());
    spark.conf().set("spark.sql.catalog.scc." + PORT, Cassandra.port());
    assertThat(spark.sql("SELECT v FROM scc.migration.t WHERE id = 4").count()).isEqualTo(1);
  }

  @Test
  void findsTheSettingsOfEachCluster() {
    append("SELECT 5 AS id, 'f' AS v", Map.of());
    spark.conf().set(PORT, "1");
    spark.conf().set("there/" + PORT, Cassandra.port());
    spark.conf().set("here/" + PORT, "2");
    spark.conf().set("here:" + KS + "/" + PORT, Cassandra.port());
    assertThat(table(Map.of("cluster", "there")).count()).isEqualTo(1);
    assertThat(table(Map.of("cluster", "here")).count()).isEqualTo(1);
    assertThatThrownBy(() -> table(Map.of("cluster", "elsewhere")).count())
        .hasMessageContaining("Cannot connect to Cassandra at [" + Cassandra.host() + ":1]");
    spark.conf().set("default/" + PORT, Cassandra.port());
    assertThat(table(Map.of("cluster", "elsewhere")).count()).isEqualTo(1);
    assertThat(table(Map.of()).count()).isEqualTo(1);
  }

  @Test
  void warnsOnceOfWhatDoesNotApplyAndRefusesWhatWouldDoHarm() {
    spark.conf().set("spark.cassandra.query.retry.count", "10");
    spark.conf().set("directJoinSetting", "on");
    spark.conf().set("spark.cassandra.input.split.sizeInMb", "64");
    try (CapturedLog log = new CapturedLog(Level.WARN)) {
      table(Map.of()).count();
      table(Map.of()).count();
      for (String name : List.of("spark.cassandra.query.retry.count", "directJoinSetting")) {
        assertThat(log.lines())
            .filteredOn(line -> line.contains("Cannot apply setting '" + name + "'"))
            .hasSize(1);
      }
      assertThat(log.lines())
          .filteredOn(line -> line.contains("'spark.cassandra.input.split.sizeInMb'"))
          .singleElement()
          .asString()
          .endsWith(
              "there is none of this name. Did you mean 'spark.cassandra.input.split.sizeInMB'?");
    }
    assertThatThrownBy(
            () ->
                append(
                    "SELECT 6 AS id, 'g' AS v",
                    Map.of("spark.cassandra.output.throughputMBPerSec", "1")))
        .hasMessageContaining("Cannot ignore setting 'spark.cassandra.output.throughputMBPerSec'");
    assertThat(row(6)).isNull();
  }
}
