// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Aggregates of no rows, which the connector finds out without asking Cassandra: a count is 0 and
 * the rest null, whatever Spark does with them above the scan.
 */
@Tag("matrix")
class EmptyAggregatesIT {
  private static final String NO_UUID = "id = 'nobody'";

  @BeforeAll
  static void createTables() {
    Cassandra.keyspace("nothing");
    Cassandra.cql(
        "CREATE TABLE nothing.u (id uuid PRIMARY KEY, v int, ip inet, ts timestamp, t text)");
    Cassandra.cql("CREATE TABLE nothing.p (k text PRIMARY KEY, v int)");
    Cassandra.cql("CREATE TABLE nothing.b (n bigint PRIMARY KEY, t text)");
    Cassandra.cql("INSERT INTO nothing.u (id, v, ip, ts, t) VALUES (uuid(), 7, '::1', 1, 'x')");
    Cassandra.cql("INSERT INTO nothing.p (k, v) VALUES ('a', 1)");
    Cassandra.cql("INSERT INTO nothing.b (n, t) VALUES (0, 'zero')");
  }

  private static List<String> sql(String query) {
    return Spark.SESSION.sql(query).collectAsList().stream().map(Row::toString).toList();
  }

  /** Each holds for no row, and lets the connector plan no request. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        NO_UUID,
        "id = 'E621E1F8-C36C-495A-93FC-0C247A3E6E5F'",
        "ip = '::1'",
        "ts = timestamp'1970-01-01 00:00:00.000001'",
        "v > 5 AND v < 3",
        "v = 1 AND v = 2",
        "_token > 5 AND _token < 5",
        "id IN ('nobody', 'somebody')",
        "v IS NULL AND v > 3"
      })
  void countsZero(String condition) {
    assertThat(sql("SELECT count(*) + 1 FROM cass.nothing.u WHERE " + condition))
        .containsExactly("[1]");
  }

  @Test
  void countsZeroForAnEmptyTextKey() {
    assertThat(sql("SELECT count(*) + 1 FROM cass.nothing.p WHERE k = ''")).containsExactly("[1]");
  }

  @Test
  void comparesTheCountWithZero() {
    assertThat(
            sql(
                "SELECT CASE WHEN count(*) = 0 THEN 'none' ELSE 'some' END FROM cass.nothing.u"
                    + " WHERE "
                    + NO_UUID))
        .containsExactly("[none]");
  }

  @Test
  void keepsTheCountForHaving() {
    assertThat(sql("SELECT count(*) FROM cass.nothing.u WHERE " + NO_UUID + " HAVING count(*) = 0"))
        .containsExactly("[0]");
  }

  @Test
  void keepsTheCountForASubquery() {
    assertThat(
            sql(
                "SELECT n FROM cass.nothing.b WHERE (SELECT count(*) FROM cass.nothing.u WHERE "
                    + NO_UUID
                    + ") = 0"))
        .containsExactly("[0]");
  }

  @Test
  void joinsByTheCount() {
    assertThat(
            sql(
                "SELECT b.t FROM (SELECT count(*) AS n FROM cass.nothing.u WHERE "
                    + NO_UUID
                    + ") a JOIN cass.nothing.b b ON b.n = a.n"))
        .containsExactly("[zero]");
  }

  @Test
  void showsTheCountAsText() {
    assertThat(sql("SELECT string(count(*)) FROM cass.nothing.u WHERE " + NO_UUID))
        .containsExactly("[0]");
  }

  @Test
  void givesNullForOtherAggregates() {
    assertThat(
            sql(
                "SELECT count(*) + 1, count(v) + 1, min(v), max(v), sum(v), avg(v) IS NULL"
                    + " FROM cass.nothing.u WHERE "
                    + NO_UUID))
        .containsExactly("[1,1,null,null,null,true]");
  }

  @Test
  void givesNullForTheLeastText() {
    assertThat(sql("SELECT min(t), max(ts) FROM cass.nothing.u WHERE " + NO_UUID))
        .containsExactly("[null,null]");
  }

  @Test
  void givesNoGroupWhereThereIsNone() {
    assertThat(sql("SELECT id, count(*) FROM cass.nothing.u WHERE " + NO_UUID + " GROUP BY id"))
        .isEmpty();
  }

  @Test
  void countsZeroForKeysOutsideOfTheTokens() {
    assertThat(
            sql(
                "SELECT count(*) + 1, max(v) FROM cass.nothing.p"
                    + " WHERE k IN ('a') AND _token > 9200000000000000000"))
        .containsExactly("[1,null]");
  }

  @Test
  void countsZeroForTokensOutsideOfTheRanges() {
    assertThat(
            Spark.SESSION
                .read()
                .option("read.token-ranges", "0:100")
                .table("cass.nothing.p")
                .where("_token > 200")
                .selectExpr("count(*) + 1", "sum(v)")
                .first()
                .toString())
        .isEqualTo("[1,null]");
  }

  @Test
  void countsZeroForKeysOutsideOfTheRanges() {
    assertThat(
            Spark.SESSION
                .read()
                .option("read.token-ranges", "0:1")
                .table("cass.nothing.p")
                .where("k = 'a'")
                .selectExpr("count(*) + 1", "min(v)")
                .first()
                .toString())
        .isEqualTo("[1,null]");
  }
}
