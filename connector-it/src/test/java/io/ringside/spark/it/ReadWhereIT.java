// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringside.spark.LookupJoin;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Conditions in CQL as text: their rows are those that Spark finds among all rows. */
@Tag("matrix")
class ReadWhereIT {
  private static final String KS = "read_where";
  private static final SparkSession SPARK = Spark.SESSION;
  private static final int PARTITIONS = 40;
  private static final int ROWS = 25;

  @BeforeAll
  static void makeTables() {
    Cassandra.keyspace(KS);
    for (String table : List.of("plain", "indexed", "sasi")) {
      Cassandra.cql(
          "CREATE TABLE %s.%s (k int, c int, s text static, v int, name text, tags set<text>, m map<text, int>, PRIMARY KEY (k, c))"
              .formatted(KS, table));
    }
    Cassandra.cql(
        "CREATE CUSTOM INDEX ON %s.sasi (name) USING 'org.apache.cassandra.index.sasi.SASIIndex' WITH OPTIONS = {'mode': 'CONTAINS'}"
            .formatted(KS));
    String index =
        Cassandra.version().atLeast("5.0")
            ? "CREATE INDEX ON %s USING 'sai'"
            : "CREATE INDEX ON %s";
    Cassandra.cql(index.formatted(KS + ".indexed (tags)"));
    Cassandra.cql(index.formatted(KS + ".indexed (v)"));
    for (String table : List.of("plain", "indexed", "sasi")) {
      Spark.append(
          SPARK
              .range((long) PARTITIONS * ROWS)
              .selectExpr(
                  "cast(id div 25 AS int) AS k",
                  "cast(id % 25 AS int) AS c",
                  "concat('s', id div 25) AS s",
                  "cast(id % 7 AS int) AS v",
                  "concat(char(97 + id % 5), id) AS name",
                  "array(concat('t', id % 11), concat('u', id % 3)) AS tags",
                  "map('x', cast(id % 4 AS int)) AS m"),
          KS,
          table);
      table(table, Map.of()).createOrReplaceTempView("where_" + table);
    }
  }

  private static Dataset<Row> table(String table, Map<String, String> options) {
    return SPARK.read().format("cassandra").options(options).load(KS + '.' + table);
  }

  private static Map<String, String> where(String text, String... more) {
    Map<String, String> options = new TreeMap<>(Map.of("read.where", text));
    for (int i = 0; i < more.length; i += 2) {
      options.put(more[i], more[i + 1]);
    }
    return options;
  }

  private static String plan(Dataset<Row> rows) {
    return rows.queryExecution().simpleString();
  }

  /** A query of the rows that fulfil a condition in CQL, and of those that fulfil it in SQL. */
  private static String assertSame(String table, String cql, String sql, String query) {
    table(table, where(cql, "read.allow-filtering", "always")).createOrReplaceTempView("chosen");
    Dataset<Row> chosen = SPARK.sql(query.formatted("chosen"));
    List<Row> expected =
        SPARK
            .sql(query.formatted("(SELECT * FROM where_%s WHERE %s)".formatted(table, sql)))
            .collectAsList();
    assertThat(expected).as(query).isNotEmpty();
    assertThat(chosen.collectAsList())
        .as("%s where %s", query, cql)
        .containsExactlyInAnyOrderElementsOf(expected);
    return plan(chosen);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "plain   | tags CONTAINS 't3'                        | array_contains(tags, 't3')",
        "plain   | m['x'] = 2 AND v = 3                      | m['x'] = 2 AND v = 3",
        "plain   | m CONTAINS KEY 'x' AND c > 20             | c > 20",
        "plain   | (c) > (12)                                | c > 12",
        "plain   | k = 7                                     | k = 7",
        "plain   | k IN (7, 9, 99) AND c = 3                 | k IN (7, 9) AND c = 3",
        "indexed | tags CONTAINS 't3'                        | array_contains(tags, 't3')",
        "indexed | tags CONTAINS 't3' AND tags CONTAINS 'u1' | array_contains(tags, 't3') AND array_contains(tags, 'u1')",
        "sasi    | name LIKE 'a%'                            | name LIKE 'a%'",
        "sasi    | name LIKE '%99%'                          | name LIKE '%99%'"
      })
  void givesTheRowsOfTheCondition(String table, String cql, String sql) {
    for (String query :
        List.of(
            "SELECT k, c, s, v, name FROM %s",
            "SELECT s FROM %s",
            "SELECT count(*), count(v), min(v), max(c), sum(v) FROM %s",
            "SELECT k, count(*), max(v) FROM %s GROUP BY k",
            "SELECT DISTINCT k, s FROM %s",
            "SELECT DISTINCT s FROM %s",
            "SELECT v, count(*) FROM %s GROUP BY v",
            "SELECT c, v FROM %s WHERE k = 7",
            "SELECT k, c FROM %s WHERE k IN (5, 7, 8, 9, 30) AND c > 1",
            "SELECT k, c FROM %s WHERE v >= 0 AND s > 's'",
            "SELECT k, c FROM %s WHERE c >= 3 AND name > 'a'",
            "SELECT count(*) FROM %s WHERE c >= 3",
            "SELECT max(v) FROM %s WHERE k = 7",
            "SELECT c FROM %s WHERE k = 7 ORDER BY c DESC LIMIT 1",
            "SELECT count(*) FROM (SELECT k FROM %s LIMIT 1)")) {
      assertSame(table, cql, sql, query);
    }
  }

  @Test
  void isEvaluatedByTheServerWithWhatSparkPushes() {
    Dataset<Row> rows =
        table("indexed", where("tags CONTAINS 't3'", "read.allow-filtering", "always"));
    assertThat(plan(rows.where("k = 7 AND c > 3").select("v")))
        .contains("WHERE k=? AND c>? AND tags CONTAINS 't3'")
        .contains("keys: 1, pushed: [");
    assertThat(plan(rows.selectExpr("count(*)"))).contains("SELECT count(*) FROM");
  }

  @Test
  void anIndexNeedsNoFiltering() {
    Dataset<Row> rows =
        table("indexed", where("tags CONTAINS 't3'", "read.allow-filtering", "never"));
    assertThat(plan(rows)).contains("tags CONTAINS 't3'").doesNotContain("ALLOW FILTERING");
    assertThat(rows.count()).isEqualTo(91);
  }

  @Test
  void filteringFollowsTheOption() {
    assertThat(plan(table("plain", where("tags CONTAINS 't3'", "read.allow-filtering", "always"))))
        .contains("tags CONTAINS 't3' ALLOW FILTERING");
    assertThatThrownBy(
            () ->
                table("plain", where("tags CONTAINS 't3'", "read.allow-filtering", "never"))
                    .count())
        .hasMessageContaining(
            "Cannot read %s.plain where tags CONTAINS 't3': no index finds these rows"
                .formatted(KS))
        .hasMessageContaining("'read.allow-filtering' as 'never'");
  }

  @Test
  void keysThatBecomeKnownAreLookedUpBesides() {
    table("indexed", where("tags CONTAINS 't3'")).createOrReplaceTempView("chosen");
    SPARK
        .range(40)
        .selectExpr("cast(id AS int) AS id", "id % 10 AS r")
        .write()
        .mode("overwrite")
        .saveAsTable("where_dim");
    try {
      String join = "SELECT t.k, t.c FROM %s t JOIN where_dim d ON t.k = d.id WHERE d.r = 3";
      assertThat(SPARK.sql(join.formatted("chosen")).collectAsList())
          .isNotEmpty()
          .containsExactlyInAnyOrderElementsOf(
              SPARK
                  .sql(
                      join.formatted(
                          "(SELECT * FROM where_indexed WHERE array_contains(tags, 't3'))"))
                  .collectAsList());
    } finally {
      SPARK.sql("DROP TABLE where_dim");
    }
  }

  @Test
  void aPredicateThatClashesIsLeftToSpark() {
    Dataset<Row> rows = table("plain", where("k = 7")).where("k = 7 AND c < 3").select("c");
    assertThat(rows.collectAsList()).hasSize(3);
    assertThat(plan(rows)).contains("the server does not evaluate it beside 'read.where'");
    assertThat(table("plain", where("k = 7")).where("k = 8").collectAsList()).isEmpty();
  }

  @Test
  void theFirstRowsOfEachPartitionAreThoseOfTheCondition() {
    assertThat(
            table(
                    "plain",
                    where(
                        "c > 20",
                        "read.per-partition-limit",
                        "2",
                        "read.allow-filtering",
                        "always"))
                .select("c")
                .distinct()
                .collectAsList())
        .extracting(row -> row.getInt(0))
        .containsExactlyInAnyOrder(21, 22);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing = 1", "v LIKE 'a%'", "v = 'text'", "v =", "c > 1 AND c > 2"})
  void whatTheServerRefusesIsAnErrorBeforeAnyTask(String text) {
    assertThatThrownBy(() -> table("plain", where(text)).queryExecution().executedPlan())
        .hasMessageContaining("Cannot read %s.plain where ".formatted(KS))
        .hasMessageContaining("Correct option 'read.where'");
  }

  @Test
  void textThatIsMoreThanAConditionIsRefused() {
    assertThatThrownBy(() -> table("plain", where("v = 1 LIMIT 1")).queryExecution().executedPlan())
        .hasMessageContaining("Cannot read option 'read.where': LIMIT is no part of a condition.");
  }

  @Test
  void statementsThatChangeRowsRefuseIt() {
    String catalog = "spark.sql.catalog.where_catalog";
    SPARK.conf().set(catalog, "io.ringside.spark.CassandraCatalog");
    SPARK.conf().set(catalog + ".contact-points", Cassandra.CLUSTER.contactPoint());
    SPARK.conf().set(catalog + ".read.where", "v = 1");
    assertThatThrownBy(
            () -> SPARK.sql("UPDATE where_catalog.%s.plain SET v = 2 WHERE c = 1".formatted(KS)))
        .hasMessageContaining("option 'read.where' would leave out rows. Remove it.");
    assertThatThrownBy(() -> SPARK.sql("SELECT * FROM where_catalog.system.local").collectAsList())
        .hasMessageContaining("option 'read.where' is for tables of the token ring");
    assertThatThrownBy(
            () ->
                LookupJoin.of(SPARK.range(3).selectExpr("cast(id AS int) AS id"))
                    .table("where_catalog.%s.plain".formatted(KS))
                    .on("id", "k")
                    .inner())
        .hasMessageContaining("option 'read.where' is for scans. Leave it out.");
  }
}
