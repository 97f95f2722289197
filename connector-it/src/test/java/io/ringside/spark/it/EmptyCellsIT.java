// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import org.apache.logging.log4j.Level;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Cells that exist and have no bytes are null in Spark, in keys too, and keys that are equal in
 * Spark but not in Cassandra are one group: with pushdown as without.
 */
@Tag("matrix")
class EmptyCellsIT {
  private static final String KS = "empty_cells";
  private static final String UUID = "123e4567-e89b-42d3-a456-426614174000";

  @BeforeAll
  static void makeTables() {
    Cassandra.keyspace(KS);
    Spark.SESSION.conf().set("spark.sql.catalog.raw", "io.ringside.spark.CassandraCatalog");
    Spark.SESSION
        .conf()
        .set("spark.sql.catalog.raw.contact-points", Cassandra.CLUSTER.contactPoint());
    Spark.SESSION.conf().set("spark.sql.catalog.raw.read.pushdown", "false");
    cql(
        "CREATE TABLE $ks.regular (id int PRIMARY KEY, v int, b bigint, f float, d double,"
            + " n varint, m decimal, ts timestamp, u uuid, o boolean, i inet, t text)",
        "INSERT INTO $ks.regular (id, v, b, f, d, n, m, ts, u, o, i, t) VALUES"
            + " (1, 3, 3, 3, -0.0, 3, 3, 3, "
            + UUID
            + ", true, '1.2.3.4', 'x')",
        "INSERT INTO $ks.regular (id, v, b, f, d, n, m, ts, u, o, i, t) VALUES (2, $e(int),"
            + " $e(bigint), $e(float), $e(double), $e(varint), $e(decimal), $e(timestamp),"
            + " $e(uuid), $e(boolean), $e(inet), '')",
        "INSERT INTO $ks.regular (id, v, b, f, d, n, m, ts, u, o, i, t) VALUES"
            + " (3, 7, 7, 7, 7, 7, 7, 7, "
            + UUID
            + ", false, '1.2.3.4', 'y')",
        "INSERT INTO $ks.regular (id) VALUES (4)");
  }

  /** {@code $e(int)} is an empty int. */
  private static void cql(String... statements) {
    for (String statement : statements) {
      Cassandra.cql(statement.replace("$ks", KS).replaceAll("\\$e\\((\\w+)\\)", "blobAs$1(0x)"));
    }
  }

  /** The rows of a query with pushdown, after a check that they are the same without. */
  private static List<String> rows(String query) {
    List<String> rows = read(query, "cass");
    assertThat(rows).as(query).isEqualTo(read(query, "raw"));
    return rows;
  }

  private static List<String> read(String query, String catalog) {
    Dataset<Row> rows = Spark.SESSION.sql(query.replace("$ks", catalog + "." + KS));
    return rows.collectAsList().stream().map(Row::toString).sorted().toList();
  }

  private static String plan(String query) {
    return Spark.SESSION
        .sql(query.replace("$ks", "cass." + KS))
        .queryExecution()
        .executedPlan()
        .toString();
  }

  private static void sql(String statement) {
    Spark.SESSION.sql(statement.replace("$ks", "cass." + KS));
  }

  private static long count(String table) {
    return Cassandra.cql("SELECT count(*) FROM " + KS + "." + table).one().getLong(0);
  }

  @Test
  void neverSatisfyAComparison() {
    for (String column : List.of("v", "b", "f", "d", "n", "m")) {
      assertThat(rows("SELECT id FROM $ks.regular WHERE " + column + " < 5"))
          .as(column)
          .containsExactly("[1]");
      assertThat(rows("SELECT id FROM $ks.regular WHERE " + column + " <= 7 AND id < 9"))
          .as(column)
          .containsExactly("[1]", "[3]");
      assertThat(rows("SELECT id FROM $ks.regular WHERE " + column + " IS NULL"))
          .as(column)
          .containsExactly("[2]", "[4]");
    }
    assertThat(rows("SELECT id FROM $ks.regular WHERE ts < timestamp'2000-01-01'"))
        .containsExactly("[1]", "[3]");
    assertThat(rows("SELECT id FROM $ks.regular WHERE o <= true")).containsExactly("[1]", "[3]");
    assertThat(rows("SELECT id FROM $ks.regular WHERE t < 'y'")).containsExactly("[1]", "[2]");
    assertThat(plan("SELECT id FROM $ks.regular WHERE v < 5"))
        .contains("v>=? AND v<? ALLOW FILTERING");
    assertThat(plan("SELECT id FROM $ks.regular WHERE n < 5")).contains("n>? AND n<?");
  }

  @Test
  void doNotCountInAggregates() {
    assertThat(
            rows(
                "SELECT count(v), count(b), count(f), count(d), count(n), count(m), count(ts),"
                    + " count(t), count(*) FROM $ks.regular"))
        .containsExactly("[2,2,2,2,2,2,2,3,4]");
    assertThat(rows("SELECT min(v), min(b), min(f), min(d), min(ts), min(t) FROM $ks.regular"))
        .containsExactly("[3,3,3.0,-0.0,1970-01-01 00:00:00.003,]");
    assertThat(rows("SELECT min(n), min(m), max(n), max(v), sum(v) FROM $ks.regular"))
        .containsExactly("[3,3.000000000000000000,7,7,10]");
    assertThat(rows("SELECT count(u), count(o), count(i) FROM $ks.regular"))
        .containsExactly("[2,2,2]");
    assertThat(rows("SELECT max(v), sum(v), min(v), count(v) FROM $ks.regular WHERE id = 2"))
        .containsExactly("[null,null,null,0]");
    assertThat(plan("SELECT min(v), count(ts) FROM $ks.regular"))
        .contains("SELECT min(v-(int)0),count(ts+(duration)0s)");
    assertThat(plan("SELECT count(u) FROM $ks.regular"))
        .contains("Cassandra counts cells without bytes");
  }

  @Test
  void areNullInClusteringColumns() {
    cql(
        "CREATE TABLE $ks.clustered (k int, c int, v int, PRIMARY KEY (k, c))",
        "INSERT INTO $ks.clustered (k, c, v) VALUES (1, $e(int), 1)",
        "INSERT INTO $ks.clustered (k, c, v) VALUES (1, 0, 2)",
        "INSERT INTO $ks.clustered (k, c, v) VALUES (1, -5, 3)",
        "CREATE TABLE $ks.by_uuid (k int, c uuid, v int, PRIMARY KEY (k, c))",
        "INSERT INTO $ks.by_uuid (k, c, v) VALUES (2, $e(uuid), 1)");
    assertThat(rows("SELECT * FROM $ks.clustered"))
        .containsExactly("[1,-5,3]", "[1,0,2]", "[1,null,1]");
    assertThat(rows("SELECT v FROM $ks.clustered WHERE c IS NULL")).containsExactly("[1]");
    assertThat(rows("SELECT v FROM $ks.clustered WHERE k = 1 AND c < 0")).containsExactly("[3]");
    assertThat(rows("SELECT v FROM $ks.clustered WHERE c IS NOT NULL"))
        .containsExactly("[2]", "[3]");
    assertThat(rows("SELECT count(c), min(c), max(c) FROM $ks.clustered"))
        .containsExactly("[2,-5,0]");
    assertThat(rows("SELECT k, count(c) FROM $ks.clustered GROUP BY k")).containsExactly("[1,2]");
    assertThat(rows("SELECT * FROM $ks.by_uuid WHERE k = 2")).containsExactly("[2,null,1]");
    assertThat(rows("SELECT c, v FROM $ks.clustered WHERE k = 1 ORDER BY c NULLS LAST LIMIT 2"))
        .containsExactly("[-5,3]", "[0,2]");
    assertThat(rows("SELECT c, v FROM $ks.clustered WHERE k = 1 ORDER BY c LIMIT 2"))
        .containsExactly("[-5,3]", "[null,1]");
  }

  @Test
  void areNullInPartitionKeys() {
    cql(
        "CREATE TABLE $ks.parts (a int, u uuid, v int, c text, PRIMARY KEY ((a, u), c))",
        "INSERT INTO $ks.parts (a, u, v, c) VALUES ($e(int), " + UUID + ", 1, 'x')",
        "INSERT INTO $ks.parts (a, u, v, c) VALUES (0, " + UUID + ", 2, 'x')",
        "INSERT INTO $ks.parts (a, u, v, c) VALUES (0, $e(uuid), 3, 'x')");
    assertThat(rows("SELECT a, v FROM $ks.parts")).containsExactly("[0,2]", "[0,3]", "[null,1]");
    assertThat(rows("SELECT v FROM $ks.parts WHERE a IS NULL")).containsExactly("[1]");
    assertThat(rows("SELECT a, u, count(*) FROM $ks.parts GROUP BY a, u"))
        .containsExactly("[0," + UUID + ",1]", "[0,null,1]", "[null," + UUID + ",1]");
    assertThat(rows("SELECT v FROM $ks.parts WHERE a = 0 AND u = '" + UUID + "'"))
        .containsExactly("[2]");
  }

  @Test
  void areNotTakenForAnotherRowsKey() {
    cql(
        "CREATE TABLE $ks.changed (k int, c timestamp, v int, s int static, PRIMARY KEY (k, c))",
        "INSERT INTO $ks.changed (k, c, v, s) VALUES (1, $e(timestamp), 1, 9)",
        "INSERT INTO $ks.changed (k, c, v) VALUES (1, 0, 2)",
        "CREATE TABLE $ks.changed_parts (a int, b int, v int, PRIMARY KEY ((a, b)))",
        "INSERT INTO $ks.changed_parts (a, b, v) VALUES ($e(int), 1, 1)",
        "INSERT INTO $ks.changed_parts (a, b, v) VALUES (0, 1, 2)");
    for (String statement :
        List.of(
            "DELETE FROM $ks.changed WHERE v = 1",
            "UPDATE $ks.changed SET v = 5 WHERE v = 1",
            "UPDATE $ks.changed_parts SET v = 5 WHERE v = 1",
            "DELETE FROM $ks.changed_parts WHERE v = 1")) {
      assertThatThrownBy(() -> sql(statement))
          .as(statement)
          .rootCause()
          .hasMessageContaining("is stored without bytes, which Spark sees as null");
    }
    assertThat(rows("SELECT * FROM $ks.changed"))
        .containsExactly("[1,1970-01-01 00:00:00.0,2,9]", "[1,null,1,9]");
    assertThat(count("changed_parts")).isEqualTo(2);
    sql("UPDATE $ks.changed SET v = 7 WHERE v = 2");
    sql("DELETE FROM $ks.changed_parts WHERE v = 2");
    assertThat(rows("SELECT v FROM $ks.changed")).containsExactly("[1]", "[7]");
    assertThat(rows("SELECT v FROM $ks.changed_parts")).containsExactly("[1]");
  }

  @Test
  void areNotDeletedWithARangeOfKeys() {
    cql(
        "CREATE TABLE $ks.ranges (k int, n varint, v int, PRIMARY KEY (k, n))",
        "INSERT INTO $ks.ranges (k, n, v) VALUES (1, $e(varint), 1)",
        "INSERT INTO $ks.ranges (k, n, v) VALUES (1, 2, 2)",
        "INSERT INTO $ks.ranges (k, n, v) VALUES (1, 3, 3)");
    sql("DELETE FROM $ks.ranges WHERE k = 1 AND n < 3");
    assertThat(rows("SELECT v FROM $ks.ranges")).containsExactly("[1]", "[3]");
  }

  /** Such key columns are nullable for Spark, which takes none of them as the identity of a row. */
  @Test
  void leaveCompositeKeysChangeable() {
    cql(
        "CREATE TABLE $ks.merged (a int, b uuid, c timestamp, v int, PRIMARY KEY ((a, b), c))",
        "INSERT INTO $ks.merged (a, b, c, v) VALUES (1, " + UUID + ", 0, 1)",
        "INSERT INTO $ks.merged (a, b, c, v) VALUES (2, " + UUID + ", 0, 2)",
        "INSERT INTO $ks.merged (a, b, c, v) VALUES (3, " + UUID + ", 0, 3)");
    sql(
        "MERGE INTO $ks.merged t USING (SELECT id AS a, '"
            + UUID
            + "' AS b, timestamp'1970-01-01 00:00:00' AS c FROM VALUES (1), (2), (4) AS x(id)) s"
            + " ON t.a = s.a AND t.b = s.b AND t.c = s.c"
            + " WHEN MATCHED AND t.v = 1 THEN DELETE"
            + " WHEN MATCHED THEN UPDATE SET v = 20"
            + " WHEN NOT MATCHED THEN INSERT (a, b, c, v) VALUES (s.a, s.b, s.c, 40)");
    assertThat(rows("SELECT a, v FROM $ks.merged")).containsExactly("[2,20]", "[3,3]", "[4,40]");
    sql("UPDATE $ks.merged SET a = 5 WHERE v = 3");
    sql("DELETE FROM $ks.merged WHERE v = 20");
    assertThat(rows("SELECT a, v FROM $ks.merged")).containsExactly("[4,40]", "[5,3]");
  }

  @Test
  void findKeysOfAnyEncoding() {
    cql(
        "CREATE TABLE $ks.varints (n varint PRIMARY KEY, v int)",
        "INSERT INTO $ks.varints (n, v) VALUES (5, 1)",
        "INSERT INTO $ks.varints (n, v) VALUES (blobAsvarint(0x0005), 2)",
        "CREATE TABLE $ks.addresses (i inet PRIMARY KEY, v int)",
        "INSERT INTO $ks.addresses (i, v) VALUES ('1.2.3.4', 1)",
        "INSERT INTO $ks.addresses (i, v) VALUES"
            + " (blobAsinet(0x00000000000000000000ffff01020304), 2)");
    assertThat(rows("SELECT v FROM $ks.varints WHERE n = 5")).containsExactly("[1]", "[2]");
    assertThat(rows("SELECT n, count(*) FROM $ks.varints GROUP BY n")).containsExactly("[5,2]");
    assertThat(rows("SELECT v FROM $ks.addresses WHERE i = '1.2.3.4'")).containsExactly("[1]");
    assertThat(rows("SELECT v FROM $ks.addresses WHERE i = '0:0:0:0:0:ffff:102:304'"))
        .containsExactly("[2]");
    assertThatThrownBy(() -> sql("DELETE FROM $ks.varints WHERE v = 2"))
        .rootCause()
        .hasMessageContaining("is stored in other bytes");
    sql("DELETE FROM $ks.varints WHERE v = 1");
    sql("UPDATE $ks.addresses SET v = 3 WHERE v = 2");
    assertThat(rows("SELECT v FROM $ks.varints")).containsExactly("[2]");
    assertThat(count("addresses")).isEqualTo(2);
  }

  @Test
  void groupWhatIsEqualInSpark() {
    cql(
        "CREATE TABLE $ks.groups (p decimal, c double, v int, PRIMARY KEY (p, c))",
        "INSERT INTO $ks.groups (p, c, v) VALUES (1.0, 0.0, 1)",
        "INSERT INTO $ks.groups (p, c, v) VALUES (1.00, -0.0, 1)",
        "INSERT INTO $ks.groups (p, c, v) VALUES (1.0, -0.0, 1)",
        "INSERT INTO $ks.groups (p, c, v) VALUES (2, 5, 1)",
        "CREATE TABLE $ks.zeros (p double, c int, PRIMARY KEY (p, c))",
        "INSERT INTO $ks.zeros (p, c) VALUES (0.0, 1)",
        "INSERT INTO $ks.zeros (p, c) VALUES (-0.0, 1)",
        "CREATE TABLE $ks.truths (p boolean, c int, PRIMARY KEY (p, c))",
        "INSERT INTO $ks.truths (p, c) VALUES (true, 1)",
        "INSERT INTO $ks.truths (p, c) VALUES (blobAsboolean(0x02), 2)");
    assertThat(rows("SELECT count(*) FROM $ks.groups GROUP BY p")).containsExactly("[1]", "[3]");
    assertThat(rows("SELECT count(*) FROM $ks.groups GROUP BY p, c")).containsExactly("[1]", "[3]");
    assertThat(rows("SELECT DISTINCT p FROM $ks.groups")).hasSize(2);
    assertThat(rows("SELECT count(*) FROM $ks.zeros GROUP BY p")).containsExactly("[2]");
    assertThat(rows("SELECT DISTINCT p FROM $ks.truths")).containsExactly("[true]");
    assertThat(plan("SELECT DISTINCT p FROM $ks.groups"))
        .contains("GROUP BY p: Cassandra has several groups of values that are equal in Spark");
  }

  @Test
  void answersForAnAggregateOfWhichNothingIsUsed() {
    assertThat(rows("SELECT count(*) FROM (SELECT max(v) FROM $ks.regular)"))
        .containsExactly("[1]");
    assertThat(rows("SELECT 1 WHERE EXISTS (SELECT max(v) FROM $ks.regular)"))
        .containsExactly("[1]");
    assertThat(rows("SELECT 1 FROM $ks.regular HAVING true")).containsExactly("[1]");
    assertThat(Spark.SESSION.table("cass." + KS + ".regular").selectExpr("max(v)").count())
        .isEqualTo(1);
  }

  @Test
  void selectsStaticColumnsOfSomeRowsOfAPartition() {
    cql(
        "CREATE TABLE $ks.statics (p int, c int, v int, b int static, PRIMARY KEY (p, c))",
        "INSERT INTO $ks.statics (p, c, v, b) VALUES (1, 1, 1, 9)",
        "INSERT INTO $ks.statics (p, c, v) VALUES (1, 2, 2)",
        "INSERT INTO $ks.statics (p, b) VALUES (2, 8)");
    assertThat(rows("SELECT b FROM $ks.statics WHERE p = 1 AND c = 1")).containsExactly("[9]");
    assertThat(rows("SELECT p, b FROM $ks.statics WHERE c >= 1")).containsExactly("[1,9]", "[1,9]");
    assertThat(
            rows("SELECT _writetime_b > 0, _token IS NULL FROM $ks.statics WHERE p = 1 AND c = 1"))
        .containsExactly("[true,false]");
    assertThat(rows("SELECT max(b), count(*) FROM $ks.statics WHERE p = 1 AND c = 1"))
        .containsExactly("[9,1]");
    assertThat(rows("SELECT p, max(b) FROM $ks.statics WHERE c = 2 GROUP BY p"))
        .containsExactly("[1,9]");
    assertThat(rows("SELECT DISTINCT p FROM $ks.statics")).containsExactly("[1]", "[2]");
    assertThat(rows("SELECT DISTINCT p, b FROM $ks.statics")).containsExactly("[1,9]", "[2,8]");
    assertThat(rows("SELECT p, max(b) FROM $ks.statics GROUP BY p"))
        .containsExactly("[1,9]", "[2,8]");
    assertThat(rows("SELECT b FROM $ks.statics WHERE p = 1 ORDER BY c DESC LIMIT 1"))
        .containsExactly("[9]");
    assertThat(rows("SELECT b FROM $ks.statics WHERE p = 1 AND c = 2 LIMIT 1"))
        .containsExactly("[9]");
  }

  @Test
  void groupsOneRowEachInSpark() {
    cql("CREATE TABLE $ks.single (p bigint PRIMARY KEY, v int)");
    Spark.append(
        Spark.SESSION.range(70_000).selectExpr("id AS p", "cast(id AS int) AS v"), KS, "single");
    assertThat(rows("SELECT count(*) FROM (SELECT p, max(v) AS v FROM $ks.single GROUP BY p)"))
        .containsExactly("[70000]");
    assertThat(rows("SELECT count(*) FROM (SELECT DISTINCT p FROM $ks.single)"))
        .containsExactly("[70000]");
    assertThat(plan("SELECT DISTINCT p FROM $ks.single")).contains("each group is one row");
  }

  @Test
  void warnsOfALiteralThatIsNoValuesText() {
    cql(
        "CREATE TABLE $ks.spelled (i inet PRIMARY KEY, u uuid)",
        "INSERT INTO $ks.spelled (i, u) VALUES ('2001:db8::1', " + UUID + ")");
    try (CapturedLog log = new CapturedLog(Level.WARN)) {
      assertThat(rows("SELECT * FROM $ks.spelled WHERE i = '2001:db8::1'")).isEmpty();
      assertThat(
              rows("SELECT * FROM $ks.spelled WHERE u = '" + UUID.toUpperCase(Locale.ROOT) + "'"))
          .isEmpty();
      sql("DELETE FROM $ks.spelled WHERE i = '2001:DB8::2'");
      assertThat(log.lines())
          .anyMatch(line -> line.contains("No row of empty_cells.spelled has i = '2001:db8::1'"))
          .anyMatch(line -> line.contains("has u = '123E4567"))
          .anyMatch(line -> line.contains("has i = '2001:DB8::2'"));
    }
    assertThat(rows("SELECT u FROM $ks.spelled WHERE i = '2001:db8:0:0:0:0:0:1'"))
        .containsExactly("[" + UUID + "]");
  }
}
