// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.logging.log4j.Level;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What EXPLAIN says is pushed, what is sent, and what comes back. */
@Tag("matrix")
class PushdownIT {
  private static final String KS = "pushdown";

  @BeforeAll
  static void makeTable() {
    Cassandra.keyspace(KS);
    Cassandra.cql(
        "CREATE TABLE pushdown.t (id int, day date, n int, v double, note text,"
            + " PRIMARY KEY (id, day, n)) WITH CLUSTERING ORDER BY (day DESC, n ASC)");
    Spark.append(
        Spark.SESSION
            .range(20_000)
            .selectExpr(
                "cast(id % 500 AS int) AS id",
                "date_add(date'2024-01-01', cast((id div 500) % 4 AS int)) AS day",
                "cast(id div 2000 AS int) AS n",
                "cast(id AS double) AS v",
                "if(id % 3 = 0, null, concat('n', id)) AS note"),
        KS,
        "t");
    makeCatalog();
  }

  /** A catalog of its own has a session of its own, which logs its requests. */
  private static void makeCatalog() {
    String catalog = "spark.sql.catalog.pushed";
    Spark.SESSION.conf().set(catalog, "io.ringside.spark.CassandraCatalog");
    Spark.SESSION.conf().set(catalog + ".contact-points", Cassandra.CLUSTER.contactPoint());
    Spark.SESSION.conf().set(catalog + ".driver-config", SentCql.driverConfig());
    Spark.SESSION.conf().set(catalog + ".confirm-truncate", "true");
    assertThat(Spark.SESSION.sql("SHOW TABLES IN pushed.pushdown").count()).isEqualTo(1);
  }

  private static Dataset<Row> sql(String query) {
    return Spark.SESSION.sql(query.replace("$t", "pushed.pushdown.t"));
  }

  /** The same answer as without pushdown, and the plan that gave it. */
  private static String checked(String query) {
    Dataset<Row> pushed = sql(query);
    Spark.table(KS, "t").createOrReplaceTempView("unpushed");
    Dataset<Row> unpushed =
        Spark.SESSION
            .read()
            .format("cassandra")
            .option("keyspace", KS)
            .option("table", "t")
            .option("read.pushdown", "false")
            .load();
    unpushed.createOrReplaceTempView("unpushed");
    List<Row> expected = Spark.SESSION.sql(query.replace("$t", "unpushed")).collectAsList();
    assertThat(pushed.collectAsList()).as(query).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(expected).as(query).isNotEmpty();
    return pushed.queryExecution().executedPlan().toString();
  }

  @Test
  void countsInCassandra() {
    assertThat(checked("SELECT count(*), count(note), min(v), max(v), min(day), max(note) FROM $t"))
        .contains(
            "SELECT count(*),count(note),min(v-(double)0),max(v),min(day),max(note) FROM"
                + " pushdown.t");
    assertThat(checked("SELECT count(*) FROM $t WHERE id = 7"))
        .contains("SELECT count(*) FROM pushdown.t WHERE id=?");
    assertThat(checked("SELECT count(*) FROM $t WHERE n < 3"))
        .contains("SELECT count(*)")
        .contains("n<? ALLOW FILTERING");
    assertThat(checked("SELECT count(*) FROM $t WHERE id = 100000")).contains("count(*)");
  }

  @Test
  void addsUpInCassandraWhatCannotOverflow() {
    assertThat(checked("SELECT sum(n), count(*), avg(id) FROM $t"))
        .contains("sum(CAST(n AS bigint))+max(n)-max(n)");
    assertThat(checked("SELECT sum(n) FROM $t WHERE id = 100000"))
        .contains("sum(CAST(n AS bigint))");
    assertThat(checked("SELECT id, sum(n) FROM $t GROUP BY id")).contains("GROUP BY id");
    Cassandra.cql("CREATE TABLE IF NOT EXISTS pushdown.extreme (id int PRIMARY KEY, v int)");
    for (int id = 0; id < 10; id++) {
      if (id % 5 == 0) {
        Cassandra.cql("INSERT INTO pushdown.extreme (id) VALUES (?)", id);
      } else {
        Cassandra.cql("INSERT INTO pushdown.extreme (id, v) VALUES (?, ?)", id, Integer.MAX_VALUE);
      }
    }
    assertThat(Spark.SESSION.sql("SELECT sum(v) FROM pushed.pushdown.extreme").first().getLong(0))
        .isEqualTo(8L * Integer.MAX_VALUE);
    assertThat(
            Spark.SESSION
                .sql("SELECT sum(v) FROM pushed.pushdown.extreme WHERE id IN (0, 5)")
                .first()
                .isNullAt(0))
        .isTrue();
  }

  @Test
  void countsASmallTableInOneTask() {
    assertThat(checked("SELECT count(*), count(note) FROM $t")).doesNotContain("Exchange");
    assertThat(checked("SELECT count(*) FROM $t WHERE n < 3")).doesNotContain("Exchange");
    assertThat(checked("SELECT count(*) FROM $t WHERE id = 100000 AND id = 100001")).isNotEmpty();
    Cassandra.cql("CREATE TABLE IF NOT EXISTS pushdown.empty (id int PRIMARY KEY, v int)");
    Dataset<Row> empty = Spark.SESSION.sql("SELECT count(*), count(v) FROM pushed.pushdown.empty");
    assertThat(empty.collectAsList()).singleElement().hasToString("[0,0]");
    assertThat(empty.queryExecution().executedPlan().toString()).doesNotContain("Exchange");
  }

  @Test
  void groupsByThePartitionKeyInCassandra() {
    assertThat(checked("SELECT id, count(*), max(v) FROM $t GROUP BY id"))
        .contains("SELECT id,count(*),max(v) FROM pushdown.t")
        .contains("GROUP BY id")
        .doesNotContain("Exchange");
    assertThat(checked("SELECT id, day, min(n) FROM $t GROUP BY id, day"))
        .contains("GROUP BY id,day");
  }

  /** Groups are nullable for Spark, and keys of most tables are not. */
  @Test
  void insertsGroups() {
    Cassandra.cql("CREATE TABLE pushdown.groups (id int PRIMARY KEY, n bigint)");
    String groups = "SELECT id, count(*) AS n FROM $t GROUP BY id";
    sql("INSERT INTO pushed.pushdown.groups " + groups);
    String of = "SELECT count(*) FROM pushdown.groups WHERE n = 40 ALLOW FILTERING";
    assertThat(Objects.requireNonNull(Cassandra.cql(of).one()).getLong(0)).isEqualTo(500);

    Spark.SESSION
        .read()
        .option("read.pushdown", "false")
        .table("pushed.pushdown.t")
        .where("id < 10")
        .createOrReplaceTempView("evaluated_in_spark");
    sql("INSERT OVERWRITE pushed.pushdown.groups " + groups.replace("$t", "evaluated_in_spark"));
    assertThat(Objects.requireNonNull(Cassandra.cql(of).one()).getLong(0)).isEqualTo(10);
  }

  @Test
  void leavesToSparkWhatCassandraComputesOtherwise() {
    assertThat(checked("SELECT sum(n), avg(v) FROM $t")).doesNotContain("CQL: SELECT sum");
    assertThat(checked("SELECT sum(v), sum(DISTINCT n) FROM $t")).doesNotContain("CQL: SELECT sum");
    assertThat(checked("SELECT day, count(*) FROM $t GROUP BY day"))
        .contains("CQL: SELECT day FROM pushdown.t WHERE token(id)>? AND token(id)<=?,");
    assertThat(checked("SELECT count(*) FROM $t WHERE note LIKE '%7'"))
        .doesNotContain("count(*) FROM");
  }

  @Test
  void saysWhatSparkEvaluatesAndWhy() {
    assertThat(checked("SELECT sum(v) FROM $t WHERE n < 3"))
        .contains("not pushed: SUM(v): only sums of integers up to 32 bits cannot overflow");
    assertThat(checked("SELECT count(*) FROM $t WHERE note LIKE '%7'"))
        .contains("CQL compares a column with literals only");
    assertThat(checked("SELECT n FROM $t WHERE id = 3 ORDER BY n LIMIT 1"))
        .contains("ORDER BY n ASC: it is not the order of the clustering columns");
  }

  @Test
  void logsWhatSparkEvaluatesAndWhy() {
    try (CapturedLog log = new CapturedLog(Level.DEBUG)) {
      sql("SELECT sum(v) FROM $t WHERE id = 3").queryExecution().executedPlan();
      assertThat(log.lines())
          .anyMatch(
              line ->
                  line.contains(
                      "Spark evaluates of a query of pushdown.t: SUM(v): only sums of integers"));
    }
  }

  @Test
  void looksUpKeysAndRestrictsClusteringColumns() {
    assertThat(checked("SELECT * FROM $t WHERE id IN (3, 5, 5, NULL) AND day = date'2024-01-02'"))
        .contains("WHERE id=? AND day=?")
        .contains("keys: 2")
        .doesNotContain("Filter (");
    assertThat(checked("SELECT * FROM $t WHERE id = 3 AND day >= date'2024-01-02' AND n = 2"))
        .contains("WHERE id=? AND day>=? AND n=? ALLOW FILTERING");
    assertThat(
            checked(
                "SELECT * FROM $t WHERE id = 3 AND day IN (date'2024-01-01', date'2024-01-04') AND"
                    + " n > 1"))
        .contains("day IN ? AND n>?");
    assertThat(
            sql("SELECT * FROM $t WHERE id = 3 AND id = 4")
                .queryExecution()
                .executedPlan()
                .toString())
        .doesNotContain("keys: 1");
    assertThat(sql("SELECT * FROM $t WHERE id = 3 AND id = 4").count()).isZero();
  }

  @Test
  void readsNoMoreThanTheLimit() {
    try (SentCql sent = new SentCql()) {
      assertThat(sql("SELECT * FROM $t LIMIT 5").collectAsList()).hasSize(5);
      assertThat(sql("SELECT * FROM $t LIMIT 5").queryExecution().executedPlan().toString())
          .contains("limit: 5");
      assertThat(sent.containing("SELECT id,day,n,note,v FROM pushdown.t WHERE token"))
          .hasSizeLessThan(8);
    }
  }

  @Test
  void readsTheFirstRowsOfAPartitionInItsOrder() {
    assertThat(checked("SELECT day, n FROM $t WHERE id = 3 ORDER BY day DESC, n LIMIT 3"))
        .contains("ORDER BY day DESC,n ASC LIMIT 3");
    assertThat(checked("SELECT day, n FROM $t WHERE id = 3 ORDER BY day, n DESC LIMIT 3"))
        .contains("ORDER BY day ASC,n DESC LIMIT 3");
    assertThat(checked("SELECT day, n FROM $t WHERE id = 3 ORDER BY day, n LIMIT 3"))
        .doesNotContain("WHERE id=? ORDER BY");
    assertThat(
            checked(
                "SELECT day, n FROM $t WHERE id = 3 AND day = date'2024-01-02' ORDER BY n LIMIT 1"))
        .contains("ORDER BY n ASC LIMIT 1");
  }

  @Test
  void looksUpTheKeysOfABroadcastSide(@TempDir Path directory) {
    String file = directory.resolve("keys").toString();
    Spark.SESSION
        .range(400)
        .selectExpr("cast(id AS int) AS id", "cast(id % 100 AS int) AS flag")
        .write()
        .parquet(file);
    Spark.SESSION.read().parquet(file).createOrReplaceTempView("keys");
    try (SentCql sent = new SentCql()) {
      Dataset<Row> joined =
          sql(
              "SELECT /*+ BROADCAST(k) */ t.* FROM $t t JOIN keys k ON t.id = k.id WHERE k.flag ="
                  + " 7");
      assertThat(joined.count()).isEqualTo(4 * 40);
      assertThat(sent.containing("WHERE id=?")).hasSize(4);
      assertThat(sent.containing("WHERE token(id)>? AND token(id)<=? [").isEmpty()).isTrue();
    }
  }

  @Test
  void readsOnlyTheTokenRangesAsked() {
    long sum = 0;
    for (String part :
        List.of(
            Long.MIN_VALUE + ":-5000000000000000000,0:3000000000000000000",
            "-5000000000000000000:0",
            "3000000000000000000:" + Long.MAX_VALUE)) {
      Dataset<Row> rows =
          Spark.SESSION
              .read()
              .format("cassandra")
              .option("keyspace", KS)
              .option("table", "t")
              .option("read.token-ranges", part)
              .load();
      long count = rows.count();
      assertThat(count).isBetween(1L, 19_999L);
      assertThat(rows.where("id IN (1, 2, 3, 4, 5, 6, 7, 8, 9, 10)").count()).isLessThan(400);
      sum += count;
    }
    assertThat(sum).isEqualTo(20_000);
  }

  @Test
  void broadcastsASmallTable() {
    assertThat(
            sql("SELECT count(*) FROM $t a JOIN $t b ON a.id = b.n")
                .queryExecution()
                .executedPlan()
                .toString())
        .contains("BroadcastHashJoin");
  }

  @Test
  void readsATableOnceThatIsUsedTwice() {
    Dataset<Row> twice =
        sql(
            "WITH s AS (SELECT day, sum(v) AS s FROM $t GROUP BY day)"
                + " SELECT a.day FROM s a JOIN s b ON a.day = b.day AND a.s = b.s");
    assertThat(twice.collectAsList()).hasSize(4);
    assertThat(twice.queryExecution().executedPlan().toString()).contains("Reused");
  }
}
