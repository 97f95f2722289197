// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Indexes that compare otherwise than Spark never decide which rows a query, {@code DELETE}, {@code
 * UPDATE} or {@code MERGE} finds.
 */
@Tag("matrix")
@Needs(cassandra = "5.0", reason = "Storage-attached indexes came with 5.0 (CEP-7)")
class IndexSemanticsIT {
  private static final String KS = "index_semantics";

  @BeforeAll
  static void makeTables() {
    Cassandra.keyspace(KS);
  }

  private static void cql(String... statements) {
    for (String statement : statements) {
      Cassandra.cql(statement.replace("$ks", KS));
    }
  }

  /** The rows of a query with pushdown, after a check that they are the same without. */
  private static List<String> rows(String table, String columns, String where) {
    // A session hears of another's index about a second later.
    sql("REFRESH TABLE $ks." + table);
    List<String> rows = read(table, "true", columns, where);
    assertThat(rows).as(where).isEqualTo(read(table, "false", columns, where));
    return rows;
  }

  private static List<String> read(String table, String pushdown, String columns, String where) {
    Dataset<Row> rows =
        Spark.SESSION
            .read()
            .option("read.allow-filtering", "always")
            .option("read.pushdown", pushdown)
            .table("cass." + KS + "." + table);
    return rows.where(where).selectExpr(columns.split(";")).collectAsList().stream()
        .map(Row::toString)
        .sorted()
        .toList();
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

  private static List<String> stored(String query) {
    return Cassandra.cql(query.replace("$ks", KS)).all().stream()
        .map(
            row ->
                IntStream.range(0, row.getColumnDefinitions().size())
                    .mapToObj(i -> String.valueOf(row.getObject(i)))
                    .collect(Collectors.joining(" ")))
        .sorted()
        .toList();
  }

  private static void makeAnalysed(String table) {
    cql(
        "CREATE TABLE $ks." + table + " (id int PRIMARY KEY, t text, a ascii, u text, w text)",
        "CREATE INDEX ON $ks."
            + table
            + " (t) USING 'sai' WITH OPTIONS = {'case_sensitive': 'false'}",
        "CREATE INDEX ON $ks."
            + table
            + " (a) USING 'sai' WITH OPTIONS = {'case_sensitive': 'false'}",
        "CREATE INDEX ON $ks."
            + table
            + " (u) USING 'sai' WITH OPTIONS = {'normalize': 'true', 'ascii': 'true'}",
        "INSERT INTO $ks." + table + " (id, t, a, u, w) VALUES (1, 'abc', 'k', 'cafe', 'one two')",
        "INSERT INTO $ks." + table + " (id, t, a, u, w) VALUES (2, 'ABC', 'K', 'café', 'one')",
        "INSERT INTO $ks." + table + " (id, t, a, u, w) VALUES (3, 'xyz', 'z', 'x', 'three')");
    sql("REFRESH TABLE $ks." + table);
  }

  @Test
  void neverComparesByAnAnalysedIndex() {
    makeAnalysed("analysed");
    assertThat(rows("analysed", "id;t", "t = 'abc'")).containsExactly("[1,abc]");
    assertThat(rows("analysed", "count(*)", "t = 'abc'")).containsExactly("[1]");
    assertThat(rows("analysed", "id", "id = 2 AND t = 'abc'")).isEmpty();
    assertThat(rows("analysed", "id", "a = 'K'")).containsExactly("[2]");
    assertThat(rows("analysed", "id", "u = 'cafe'")).containsExactly("[1]");
    assertThat(rows("analysed", "id", "t >= 'abc' AND t IN ('abc', 'xyz')"))
        .containsExactly("[1]", "[3]");
    assertThat(plan("SELECT id FROM $ks.analysed WHERE t = 'abc'"))
        .contains("not pushed: t = 'abc': index 'analysed_t_idx' compares otherwise than Spark");
  }

  @Test
  void deletesOnlyWhatSparkTakesAsEqual() {
    makeAnalysed("deleted");
    sql("DELETE FROM $ks.deleted WHERE t = 'abc'");
    assertThat(stored("SELECT id FROM $ks.deleted")).containsExactly("2", "3");
    sql("DELETE FROM $ks.deleted WHERE id = 2 AND u = 'cafe'");
    assertThat(stored("SELECT id FROM $ks.deleted")).containsExactly("2", "3");
  }

  @Test
  void updatesOnlyWhatSparkTakesAsEqual() {
    makeAnalysed("updated");
    sql("UPDATE $ks.updated SET a = 'hit' WHERE u = 'cafe'");
    assertThat(stored("SELECT id, a FROM $ks.updated")).containsExactly("1 hit", "2 K", "3 z");
  }

  @Test
  void mergesOnlyWhatSparkTakesAsEqual() {
    makeAnalysed("merged");
    sql(
        "MERGE INTO $ks.merged t USING (SELECT 'abc' AS t) s ON t.t = s.t"
            + " WHEN MATCHED THEN UPDATE SET a = 'hit'");
    assertThat(stored("SELECT id, a FROM $ks.merged")).containsExactly("1 hit", "2 K", "3 z");
  }

  @Test
  void usesAnIndexThatIsExact() {
    cql(
        "CREATE TABLE $ks.exact (id int PRIMARY KEY, t text, n int)",
        "CREATE INDEX ON $ks.exact (t) USING 'sai' WITH OPTIONS = {'case_sensitive': 'true'}",
        "CREATE INDEX ON $ks.exact (n) USING 'sai'",
        "INSERT INTO $ks.exact (id, t, n) VALUES (1, 'abc', 5)",
        "INSERT INTO $ks.exact (id, t, n) VALUES (2, 'ABC', 6)");
    assertThat(rows("exact", "id", "t = 'abc' AND n < 6")).containsExactly("[1]");
    assertThat(plan("SELECT id FROM $ks.exact WHERE t = 'abc'")).contains("t=?");
  }

  @Test
  void comparesDecimalsWhateverTheirScale() {
    for (String index : List.of("", " USING 'sai'")) {
      String table = index.isEmpty() ? "plain_decimal" : "sai_decimal";
      cql(
          "CREATE TABLE $ks." + table + " (id int PRIMARY KEY, d decimal)",
          "CREATE INDEX ON $ks." + table + " (d)" + index,
          "INSERT INTO $ks." + table + " (id, d) VALUES (1, 1.5)",
          "INSERT INTO $ks." + table + " (id, d) VALUES (2, 1.50)",
          "INSERT INTO $ks." + table + " (id, d) VALUES (3, 2)");
      assertThat(rows(table, "id", "d = 1.5")).containsExactly("[1]", "[2]");
      assertThat(rows(table, "id", "d = 2")).containsExactly("[3]");
      assertThat(rows(table, "id", "d >= 1.5 AND d < 2")).containsExactly("[1]", "[2]");
      sql("DELETE FROM $ks." + table + " WHERE d = 1.5");
      assertThat(stored("SELECT id FROM $ks." + table)).containsExactly("3");
    }
  }

  @Test
  void findsNumbersAndTruthsOfAnyEncoding() {
    for (String index : List.of("", " USING 'sai'")) {
      String table = index.isEmpty() ? "plain_encodings" : "sai_encodings";
      cql(
          "CREATE TABLE $ks." + table + " (id int PRIMARY KEY, n varint, b boolean, i inet)",
          "CREATE INDEX ON $ks." + table + " (n)" + index,
          "CREATE INDEX ON $ks." + table + " (b)" + index,
          "CREATE INDEX ON $ks." + table + " (i)" + index,
          "INSERT INTO $ks." + table + " (id, n, b, i) VALUES (1, 5, true, '1.2.3.4')",
          "INSERT INTO $ks."
              + table
              + " (id, n, b, i) VALUES (2, blob_as_varint(0x0005), blob_as_boolean(0x02),"
              + " blob_as_inet(0x00000000000000000000ffff01020304))");
      assertThat(rows(table, "id", "n = 5")).containsExactly("[1]", "[2]");
      assertThat(rows(table, "id", "n <= 5")).containsExactly("[1]", "[2]");
      assertThat(rows(table, "id", "b = true")).containsExactly("[1]", "[2]");
      assertThat(rows(table, "id", "i = '1.2.3.4'")).containsExactly("[1]");
      assertThat(rows(table, "id", "i = '0:0:0:0:0:ffff:102:304'")).containsExactly("[2]");
    }
  }

  @Test
  void findsStaticValuesBesideClusteringColumns() {
    for (String index : List.of("", " USING 'sai'")) {
      String table = index.isEmpty() ? "plain_static" : "sai_static";
      cql(
          "CREATE TABLE $ks." + table + " (k int, c int, s int static, v int, PRIMARY KEY (k, c))",
          "CREATE INDEX ON $ks." + table + " (s)" + index,
          "INSERT INTO $ks." + table + " (k, c, s, v) VALUES (1, 1, 7, 1)",
          "INSERT INTO $ks." + table + " (k, c, s, v) VALUES (1, 2, 7, 2)");
      assertThat(rows(table, "k;c;s;v", "k = 1 AND c = 1 AND s = 7")).containsExactly("[1,1,7,1]");
      assertThat(rows(table, "c", "k IN (1, 2) AND c IN (1, 2) AND s = 7"))
          .containsExactly("[1]", "[2]");
      assertThat(rows(table, "c", "k = 1 AND c <= 5 AND s = 7")).containsExactly("[1]", "[2]");
      assertThat(rows(table, "c", "s = 7 AND v = 2")).containsExactly("[2]");
    }
  }

  @Test
  void ordersNotANumberAboveAll() {
    cql(
        "CREATE TABLE $ks.not_numbers (p int, c float, d double, v int, PRIMARY KEY (p, c))",
        "CREATE INDEX ON $ks.not_numbers (c) USING 'sai'",
        "CREATE INDEX ON $ks.not_numbers (d) USING 'sai'",
        "INSERT INTO $ks.not_numbers (p, c, d, v) VALUES (1, blob_as_float(0xffc00000),"
            + " blob_as_double(0xfff8000000000000), 1)",
        "INSERT INTO $ks.not_numbers (p, c, d, v) VALUES (2, NaN, NaN, 2)",
        "INSERT INTO $ks.not_numbers (p, c, d, v) VALUES (3, 7.0, 7.0, 3)");
    assertThat(rows("not_numbers", "p", "c > 0.5F")).containsExactly("[1]", "[2]", "[3]");
    assertThat(rows("not_numbers", "p", "d > 0.5D")).containsExactly("[1]", "[2]", "[3]");
    assertThat(rows("not_numbers", "p", "d < 8D")).containsExactly("[3]");
    assertThat(rows("not_numbers", "p", "p = 1 AND c > 0.5F")).containsExactly("[1]");
    assertThat(rows("not_numbers", "p", "c = 7.0F")).containsExactly("[3]");
  }

  @Test
  void takesTheFirstRowsOfAnIndexedColumnInSpark() {
    for (String index : List.of("", " USING 'sai'")) {
      String table = index.isEmpty() ? "plain_order" : "sai_order";
      cql(
          "CREATE TABLE $ks." + table + " (k int, c int, v int, PRIMARY KEY (k, c))",
          "CREATE INDEX ON $ks." + table + " (v)" + index,
          "INSERT INTO $ks." + table + " (k, c, v) VALUES (1, 1, 7)",
          "INSERT INTO $ks." + table + " (k, c, v) VALUES (1, 2, 7)",
          "INSERT INTO $ks." + table + " (k, c, v) VALUES (1, 3, 8)");
      sql("REFRESH TABLE $ks." + table);
      for (String where : List.of("v = 7", "v = 7 AND c > 1", "v < 8")) {
        String query =
            "SELECT c FROM $ks." + table + " WHERE k = 1 AND " + where + " ORDER BY c DESC LIMIT 1";
        assertThat(Spark.SESSION.sql(query.replace("$ks", "cass." + KS)).first().getInt(0))
            .as(query)
            .isEqualTo(2);
        assertThat(plan(query)).doesNotContain("ORDER BY c DESC LIMIT");
      }
    }
  }

  @Test
  void findsValuesThatAreTooLongForAnIndex() {
    cql(
        "CREATE TABLE $ks.long_values (id int PRIMARY KEY, a text, b text, c text)",
        "INSERT INTO $ks.long_values (id, a, b, c) VALUES (1, '"
            + "a".repeat(2_000)
            + "', '"
            + "b".repeat(9_000)
            + "', '"
            + "c".repeat(70_000)
            + "')",
        "CREATE INDEX ON $ks.long_values (a) USING 'sai'",
        "CREATE INDEX ON $ks.long_values (b) USING 'sai'");
    assertThat(rows("long_values", "id", "a = repeat('a', 2000)")).containsExactly("[1]");
    assertThat(rows("long_values", "id", "b = repeat('b', 9000)")).containsExactly("[1]");
    assertThat(rows("long_values", "id", "c = repeat('c', 70000)")).containsExactly("[1]");
    assertThat(rows("long_values", "id", "c >= repeat('c', 70000)")).containsExactly("[1]");
  }

  /** To the connector SASI is a class of its own like any other index. */
  @Test
  void neverComparesByASasiIndex() {
    String sasi = " USING 'org.apache.cassandra.index.sasi.SASIIndex'";
    cql(
        "CREATE TABLE $ks.sasi (id int PRIMARY KEY, t text, u text, n int)",
        "CREATE CUSTOM INDEX ON $ks.sasi (t)"
            + sasi
            + " WITH OPTIONS = {'analyzer_class':"
            + " 'org.apache.cassandra.index.sasi.analyzer.NonTokenizingAnalyzer',"
            + " 'case_sensitive': 'false'}",
        "CREATE CUSTOM INDEX ON $ks.sasi (u)" + sasi + " WITH OPTIONS = {'mode': 'CONTAINS'}",
        "CREATE CUSTOM INDEX ON $ks.sasi (n)" + sasi,
        "INSERT INTO $ks.sasi (id, t, u, n) VALUES (1, 'abc', 'ab', 1)",
        "INSERT INTO $ks.sasi (id, t, u, n) VALUES (2, 'ABC', 'xaby', 2)");
    for (String where : List.of("t = 'abc'", "u = 'ab'", "n < 2", "n <= 1 AND t = 'abc'")) {
      assertThat(rows("sasi", "id", where)).as(where).containsExactly("[1]");
      assertThat(plan("SELECT id FROM $ks.sasi WHERE " + where))
          .contains("compares otherwise than Spark");
    }
  }
}
