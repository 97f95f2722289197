// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringside.spark.it.cassandra.CassandraNode;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What planning a query asks of Cassandra, and what Spark is told of the size of its tables. */
class PlanningCostIT {
  private static final int MOST_REQUESTS = 32;
  private static final double FACTOR = 3;
  private static final SentCql SENT = new SentCql();

  @BeforeAll
  static void createTables() {
    String catalog = "spark.sql.catalog.planned";
    Map.of(
            "",
            "io.ringside.spark.CassandraCatalog",
            ".contact-points",
            Cassandra.CLUSTER.contactPoint(),
            ".driver-config",
            SentCql.driverConfig())
        .forEach((key, value) -> Spark.SESSION.conf().set(catalog + key, value));
    Cassandra.keyspace("planning");
    Cassandra.cql("CREATE TABLE planning.unflushed (id int PRIMARY KEY, v int, t text)");
    fill("unflushed", 12_000, "id", "id % 7 AS v", "repeat('t', 100) AS t");
    Cassandra.cql("CREATE TABLE planning.few (id int PRIMARY KEY, v int)");
    fill("few", 3, "id", "id AS v");
    Cassandra.cql("CREATE TABLE planning.wide (k int, c int, v text, PRIMARY KEY (k, c))");
    fill("wide", 120_000, "id % 4 AS k", "cast(id div 4 AS int) AS c", "repeat('v', 100) AS v");
  }

  private static void fill(String table, int rows, String... columns) {
    Spark.append(
        Spark.SESSION.range(rows).selectExpr("cast(id AS int) AS id").selectExpr(columns),
        "planning",
        table);
  }

  @AfterAll
  static void stopCollecting() {
    SENT.close();
  }

  @BeforeEach
  void openTheSession() {
    Spark.SESSION.sql("SELECT * FROM planned.planning.few WHERE id = 1").collectAsList();
    SENT.clear();
  }

  private static void explain(String query) {
    Spark.SESSION.sql("EXPLAIN FORMATTED " + query).collectAsList();
  }

  private static List<String> requests() {
    return SENT.containing("SELECT");
  }

  private static void refresh(String table) {
    Spark.SESSION.sql("REFRESH TABLE planned.planning." + table);
    SENT.clear();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM planned.planning.unflushed WHERE id = 5",
        "SELECT v FROM planned.planning.unflushed WHERE id IN (1, 2, 3, 4, 5, 6, 7, 8)",
        "SELECT * FROM planned.planning.unflushed WHERE id = 5 AND v = 1",
        "SELECT count(*) FROM planned.planning.unflushed WHERE id = 5",
        "SELECT * FROM planned.planning.wide WHERE k = 1 AND c > 7 ORDER BY c LIMIT 3",
        "SELECT * FROM planned.planning.unflushed WHERE v > 5 AND v < 3",
        "SELECT * FROM planned.planning.wide a JOIN planned.planning.unflushed b ON a.c = b.v"
            + " WHERE a.k = 1 AND b.id = 7"
      })
  void asksNothingToPlanALookup(String query) {
    refresh("unflushed");
    refresh("wide");
    explain(query);
    assertThat(requests()).isEmpty();
  }

  @Test
  void asksLittleToPlanAScanOfATableThatIsNotFlushed() {
    refresh("unflushed");
    explain("SELECT * FROM planned.planning.unflushed");
    assertThat(requests()).hasSizeBetween(2, MOST_REQUESTS);
  }

  @Test
  void asksNothingAgainForTheNextScan() {
    explain("SELECT * FROM planned.planning.unflushed");
    SENT.clear();
    explain("SELECT * FROM planned.planning.unflushed WHERE v = 1");
    explain("SELECT count(*) FROM planned.planning.unflushed");
    assertThat(requests()).isEmpty();
  }

  @Test
  void asksLittleForATableOfThreeRows() {
    refresh("few");
    explain("SELECT * FROM planned.planning.few");
    assertThat(requests()).hasSizeBetween(2, MOST_REQUESTS);
  }

  private static double size(String query) {
    return Double.parseDouble(
        Spark.SESSION
            .sql(query)
            .queryExecution()
            .optimizedPlan()
            .collectLeaves()
            .head()
            .stats()
            .sizeInBytes()
            .toString());
  }

  /** Spark takes the largest number for a size that it is not told. */
  private static void assertRightOrWithheld(String query, double bytes) {
    double told = size(query);
    if (told < Long.MAX_VALUE) {
      assertThat(told).as(query).isBetween(bytes / FACTOR, bytes * FACTOR);
    }
  }

  private static void assertRight(String query, double bytes) {
    assertThat(size(query)).as(query).isBetween(bytes / FACTOR, bytes * FACTOR);
  }

  @Test
  void tellsTheSizeOfATableThatIsNotFlushed() {
    refresh("unflushed");
    assertRight("SELECT * FROM planned.planning.unflushed", 12_000 * 108.0);
  }

  @Test
  void tellsTheSizeOfTextsAlone() {
    assertRight("SELECT t FROM planned.planning.unflushed", 12_000 * 100.0);
  }

  @Test
  void tellsTheSizeOfNumbersBesideTexts() {
    assertRight("SELECT v FROM planned.planning.unflushed", 12_000 * 4.0);
  }

  @Test
  void tellsTheSizeOfHiddenColumnsAlone() {
    assertRight("SELECT _token, _writetime_v FROM planned.planning.unflushed", 12_000 * 16.0);
  }

  @Test
  void doesNotTakeTheFirstRowsOfWidePartitionsForAll() {
    assertRightOrWithheld("SELECT * FROM planned.planning.wide", 120_000 * 108.0);
  }

  @Test
  void doesNotCountWidePartitionsAHundredTimesWhenFlushed() {
    Cassandra.cql("CREATE TABLE planning.flushed (k int, c int, v text, PRIMARY KEY (k, c))");
    fill("flushed", 120_000, "id % 4 AS k", "cast(id div 4 AS int) AS c", "repeat('v', 100) AS v");
    CassandraNode node = Cassandra.CLUSTER.nodes().get(0);
    node.flush("planning");
    node.refreshSizeEstimates();
    assertRight("SELECT * FROM planned.planning.flushed", 120_000 * 108.0);
    assertRight("SELECT _token, _writetime_v FROM planned.planning.flushed", 120_000 * 16.0);
    assertRight("SELECT v FROM planned.planning.flushed", 120_000 * 100.0);
    Dataset<Row> all = Spark.SESSION.table("planned.planning.flushed");
    // One for each of Spark's two threads: 13 MB, not a hundred times as much.
    assertThat(all.javaRDD().getNumPartitions()).isEqualTo(2);
  }
}
