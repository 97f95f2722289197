// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The first rows of each partition. */
@Tag("matrix")
class PerPartitionLimitIT {
  private static final String FIRST =
      "(SELECT p, c, s, v FROM (SELECT *, row_number() OVER (PARTITION BY p ORDER BY c DESC) AS n"
          + " FROM all_rows) WHERE n <= 3)";

  @BeforeAll
  static void makeTables() {
    Cassandra.keyspace("firsts");
    Cassandra.cql(
        "CREATE TABLE firsts.t (p int, c int, s int static, v int, PRIMARY KEY (p, c)) WITH"
            + " CLUSTERING ORDER BY (c DESC)");
    // Partitions of one to fifty rows.
    Spark.append(
        Spark.SESSION
            .range(50)
            .selectExpr("cast(id AS int) AS p", "explode(sequence(0, cast(id AS int))) AS c")
            .selectExpr("p", "c", "p + 1000 AS s", "c % 7 AS v"),
        "firsts",
        "t");
    Cassandra.cql("INSERT INTO firsts.t (p, s) VALUES (-1, 7)");
    Cassandra.cql("CREATE TABLE firsts.large (p int, c int, v int, PRIMARY KEY (p, c))");
    Spark.append(
        Spark.SESSION
            .range(100_000)
            .selectExpr("cast(id div 1000 AS int) AS p", "cast(id % 1000 AS int) AS c", "1 AS v"),
        "firsts",
        "large");
    Spark.SESSION.read().format("cassandra").load("firsts.t").createOrReplaceTempView("all_rows");
    Spark.SESSION
        .read()
        .format("cassandra")
        .option("read.per-partition-limit", "3")
        .load("firsts.t")
        .createOrReplaceTempView("first_rows");
  }

  private static List<Row> rows(String query) {
    return Spark.SESSION.sql(query).collectAsList();
  }

  private static String plan(String query) {
    return Spark.SESSION.sql(query).queryExecution().simpleString();
  }

  /** A query of the first rows gives what Spark finds among all rows. */
  private static void assertSame(String query) {
    assertThat(rows(query.formatted("first_rows")))
        .as(query)
        .containsExactlyInAnyOrderElementsOf(rows(query.formatted(FIRST)));
  }

  @Test
  void givesTheFirstRowsOfEachPartition() {
    assertThat(rows("SELECT p, c, s, v FROM first_rows")).hasSize(1 + 1 + 2 + 48 * 3);
    assertSame("SELECT p, c, s, v FROM %s");
    assertSame("SELECT p, c, s, v FROM %s WHERE p = 7");
    assertSame("SELECT p, c, v FROM %s WHERE p IN (-1, 0, 1, 2, 3, 99)");
    assertThat(plan("SELECT v FROM first_rows WHERE p = 7"))
        .contains("CQL: SELECT v FROM firsts.t WHERE p=? PER PARTITION LIMIT 3, keys: 1");
  }

  @Test
  void choosesRowsBeforeItAppliesConditions() {
    assertSame("SELECT p, c, v FROM %s WHERE c = 30");
    assertSame("SELECT p, c, v FROM %s WHERE p = 40 AND c < 39");
    assertSame("SELECT p, c, v FROM %s WHERE v = 3");
    assertSame("SELECT p, c, v FROM %s WHERE s > 1030 AND p < 45");
    assertThat(plan("SELECT v FROM first_rows WHERE p = 40 AND c < 39"))
        .contains("pushed: [p = 40]", "residual: [IS_NOT_NULL(c), c < 39]")
        .contains("c < 39: option 'read.per-partition-limit' chooses the rows before");
  }

  @Test
  void choosesRowsBeforeItGroupsOrOrdersThem() {
    assertSame("SELECT count(*), min(c), max(v), sum(v) FROM %s");
    assertSame("SELECT p, count(*), min(c) FROM %s GROUP BY p");
    assertSame("SELECT DISTINCT p FROM %s");
    assertSame("SELECT c FROM %s WHERE p = 40 ORDER BY c LIMIT 2");
    assertThat(rows("SELECT p FROM first_rows LIMIT 5")).hasSize(5);
    assertThat(plan("SELECT count(*) FROM first_rows"))
        .contains("COUNT(*): option 'read.per-partition-limit' chooses the rows before");
  }

  @Test
  void leavesTheOtherRowsUnread() {
    for (String limit : List.of("1", "1000")) {
      String table = "large_" + limit;
      Spark.SESSION
          .read()
          .format("cassandra")
          .option("read.per-partition-limit", limit)
          .option("read.size-hint", "4m")
          .load("firsts.large")
          .createOrReplaceTempView(table);
    }
    double before = Cassandra.rowsRead("firsts", "large");
    assertThat(rows("SELECT v FROM large_1")).hasSize(100);
    double ofOne = Cassandra.rowsRead("firsts", "large") - before;
    assertThat(rows("SELECT v FROM large_1000")).hasSize(100_000);
    double ofAll = Cassandra.rowsRead("firsts", "large") - before - ofOne;
    assertThat(ofOne).isBetween(1.0, 300.0);
    assertThat(ofAll).isGreaterThan(100 * ofOne);
  }

  @Test
  void isRefusedWhereItWouldLeaveOutRowsToChange() {
    Spark.SESSION.conf().set("spark.sql.catalog.cass.read.per-partition-limit", "3");
    try {
      assertThatThrownBy(() -> rows("UPDATE cass.firsts.t SET v = 1 WHERE p = 40 AND c < 39"))
          .hasStackTraceContaining(
              "Cannot update rows of firsts.t: option 'read.per-partition-limit' would leave out"
                  + " rows. Remove it.");
      assertThatThrownBy(() -> rows("SELECT * FROM cass.system.local"))
          .hasStackTraceContaining(
              "Cannot read system.local: option 'read.per-partition-limit' is for tables of the"
                  + " token ring. Remove it.");
    } finally {
      Spark.SESSION.conf().unset("spark.sql.catalog.cass.read.per-partition-limit");
    }
    assertThat(rows("SELECT count(*) FROM all_rows WHERE p = 40 AND v = 1").toString())
        .isEqualTo("[[6]]");
  }
}
