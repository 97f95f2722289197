// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Partition keys, with or without static columns, of tables of large partitions. */
@Tag("matrix")
class DistinctIT {
  private static final int PARTITIONS = 100;
  private static final int ROWS = 1_000;

  @BeforeAll
  static void makeTables() {
    Cassandra.keyspace("keys");
    for (String table : List.of("t", "distinct_once", "grouped_once")) {
      Cassandra.cql(
          "CREATE TABLE keys.%s (p int, q text, c int, s text static, v int, PRIMARY KEY ((p, q), c))"
              .formatted(table));
      Spark.append(
          Spark.SESSION
              .range(PARTITIONS * ROWS)
              .selectExpr(
                  "cast(id div 1000 AS int) AS p",
                  "concat('q', id div 2000) AS q",
                  "cast(id % 1000 AS int) AS c",
                  "if(id div 1000 % 2 = 0, concat('s', id div 3000), null) AS s",
                  "1 AS v"),
          "keys",
          table);
      // One of static cells alone, and one of which nothing is left.
      Cassandra.cql("INSERT INTO keys." + table + " (p, q, s) VALUES (-1, 'q', 'alone')");
      Cassandra.cql("INSERT INTO keys." + table + " (p, q, c, v) VALUES (-2, 'q', 1, 1)");
      Cassandra.cql("DELETE FROM keys." + table + " WHERE p = -2 AND q = 'q' AND c = 1");
    }
  }

  private static List<Row> rows(String query) {
    return Spark.SESSION.sql(query).collectAsList();
  }

  private static String plan(String query) {
    return Spark.SESSION.sql(query).queryExecution().simpleString();
  }

  /** A view of a table of which nothing but the query reads rows. */
  private static void view(String table) {
    Spark.SESSION
        .read()
        .format("cassandra")
        .option("read.size-hint", "4m")
        .load("keys." + table)
        .createOrReplaceTempView(table);
  }

  @Test
  void readsOneRowOfEachPartition() {
    view("distinct_once");
    view("grouped_once");
    String distinct = "SELECT DISTINCT p, q, s FROM distinct_once";
    assertThat(plan(distinct))
        .contains("CQL: SELECT DISTINCT p,q,s FROM keys.distinct_once WHERE token(p,q)>?");
    assertThat(rows(distinct)).hasSize(PARTITIONS + 1);
    assertThat(rows("SELECT p, q, count(*) FROM grouped_once GROUP BY p, q"))
        .hasSize(PARTITIONS + 1);
    double ofDistinct = Cassandra.rowsRead("keys", "distinct_once");
    assertThat(ofDistinct).isBetween(1.0, 3.0 * PARTITIONS);
    assertThat(Cassandra.rowsRead("keys", "grouped_once")).isGreaterThan(100 * ofDistinct);
  }

  @Test
  void givesWhatSparkFindsItself() {
    for (String columns : List.of("p, q", "q, p", "p, q, s", "s, p, q")) {
      String query = "SELECT DISTINCT " + columns + " FROM %s";
      Spark.SESSION
          .read()
          .format("cassandra")
          .option("read.pushdown", "false")
          .load("keys.t")
          .createOrReplaceTempView("unpushed");
      assertThat(rows(query.formatted("cass.keys.t")))
          .hasSize(PARTITIONS + 1)
          .containsExactlyInAnyOrderElementsOf(rows(query.formatted("unpushed")));
    }
    assertThat(rows("SELECT DISTINCT s FROM cass.keys.t WHERE p = -1 AND q = 'q'").toString())
        .isEqualTo("[[alone]]");
    assertThat(rows("SELECT DISTINCT p, q FROM cass.keys.t WHERE p IN (1, 2, -2) AND q = 'q0'"))
        .hasSize(1);
    assertThat(rows("SELECT DISTINCT p, q FROM cass.keys.t WHERE c = 999")).hasSize(PARTITIONS);
  }
}
