// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hidden columns show what the tests' own driver is told by the same functions of CQL. */
@Tag("matrix")
class MetadataColumnsIT {
  private static final String KS = "hidden";
  private static final String TABLE = "cass.hidden.`Cells`";
  private static final int ROWS = 400;

  /** Of a request in the log; what the markers are called depends on the server. */
  private static final Pattern BOUNDS =
      Pattern.compile("token[^=]*=(-?\\d+), [^=]*token[^=]*=(-?\\d+)\\]");

  @BeforeAll
  static void makeTable() {
    Cassandra.keyspace(KS);
    Cassandra.cql("CREATE TYPE hidden.point (x int, y int)");
    Cassandra.cql(
        """
        CREATE TABLE hidden."Cells" ("Id" int, b text, n int, s text static, v int, "MiXed" text,
        m map<text, int>, l list<int>, p point, fl frozen<list<int>>, fp frozen<point>,
        PRIMARY KEY (("Id", b), n))\
        """);
    for (int i = 0; i < ROWS; i++) {
      Cassandra.cql(
          """
          INSERT INTO hidden."Cells" ("Id", b, n, v, "MiXed", m, l, p, fl, fp)
          VALUES (?, ?, 1, ?, 'm', {'a': 1, 'b': 2}, [1, 2], {x: 1}, [1], {x: 1})
          USING TIMESTAMP ? AND TTL ?\
          """,
          i,
          "b" + i % 3,
          i,
          1000L + i,
          i % 2 == 0 ? 0 : 5000 + i);
    }
    Cassandra.cql(
        "UPDATE hidden.\"Cells\" USING TIMESTAMP 77 AND TTL 9000 SET s = 's' WHERE \"Id\" = 3 AND b"
            + " = 'b0'");
    Cassandra.cql(
        "UPDATE hidden.\"Cells\" USING TIMESTAMP 9999 SET m['c'] = 3, v = null WHERE \"Id\" = 3 AND"
            + " b = 'b0' AND n = 1");
  }

  private static List<String> sorted(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).sorted().toList();
  }

  private static List<String> told(String cql) {
    List<String> rows = new ArrayList<>();
    for (var row : Cassandra.cql(cql)) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < row.getColumnDefinitions().size(); i++) {
        text.append(i == 0 ? "[" : ",").append(row.getObject(i));
      }
      rows.add(text.append(']').toString());
    }
    return rows.stream().sorted().toList();
  }

  private static String shown(String array) {
    return "replace(cast(" + array + " AS string), 'NULL', 'null')";
  }

  @Test
  void showWhatCqlTells() {
    assertShown(
        "SELECT \"Id\", b, token(\"Id\", b), writetime(s), writetime(v), writetime(\"MiXed\"),"
            + " writetime(fl), writetime(fp) FROM hidden.\"Cells\"",
        "Id",
        "b",
        "_token",
        "_writetime_s",
        "_writetime_v",
        "`_writetime_MiXed`",
        "_writetime_fl",
        "_writetime_fp");
  }

  @Test
  @Needs(cassandra = "5.0", reason = Needs.NO_TIMES_OF_ELEMENTS)
  void showWhatCqlTellsOfCollections() {
    assertShown(
        "SELECT \"Id\", writetime(m), writetime(l), writetime(p) FROM hidden.\"Cells\"",
        "Id",
        shown("_writetime_m"),
        shown("_writetime_l"),
        shown("_writetime_p"));
  }

  /** By SQL and by format. */
  private static void assertShown(String cql, String... columns) {
    List<String> expected = told(cql);
    assertThat(sorted(Spark.SESSION.sql("SELECT " + String.join(", ", columns) + " FROM " + TABLE)))
        .isEqualTo(expected)
        .hasSize(ROWS);
    assertThat(sorted(Spark.table(KS, "Cells").selectExpr(columns))).isEqualTo(expected);
  }

  @Test
  void showSecondsLeft() {
    Instant before = Instant.now();
    List<Row> rows =
        Spark.SESSION
            .sql(
                "SELECT Id, _ttl_s, _ttl_v, `_ttl_MiXed`, _ttl_fl, _read_time FROM "
                    + TABLE
                    + " ORDER BY Id")
            .collectAsList();
    assertThat(rows).hasSize(ROWS);
    for (Row row : rows) {
      int id = row.getInt(0);
      assertThat(((Timestamp) row.get(5)).toInstant())
          .isBetween(before.minusSeconds(2), Instant.now().plusSeconds(2));
      if (id % 2 == 0) {
        assertThat(row.isNullAt(2)).isTrue();
        continue;
      }
      int written = 5000 + id;
      assertThat(row.getInt(3)).isBetween(written - 300, written);
      assertThat(row.getInt(4)).isEqualTo(row.getInt(3));
      if (id == 3) {
        assertThat(row.isNullAt(2)).isTrue();
        assertThat(row.getInt(1)).isBetween(8700, 9000);
      }
    }
  }

  @Test
  @Needs(cassandra = "5.0", reason = Needs.NO_TIMES_OF_ELEMENTS)
  void showSecondsLeftOfElements() {
    List<Row> rows =
        Spark.SESSION
            .sql("SELECT Id, `_ttl_MiXed`, _ttl_m, _ttl_p FROM " + TABLE + " ORDER BY Id")
            .collectAsList();
    assertThat(rows).hasSize(ROWS);
    for (Row row : rows) {
      int id = row.getInt(0);
      if (id % 2 == 0) {
        assertThat(row.getList(2)).containsExactly(null, null);
        continue;
      }
      assertThat(row.getList(2)).hasSize(id == 3 ? 3 : 2).startsWith(row.get(1), row.get(1));
      if (id == 3) {
        assertThat(row.getList(2).get(2)).isNull();
      }
    }
  }

  @Test
  void areThereWhereTheServerTellsThem() {
    boolean told = Cassandra.version().atLeast("5.0");
    for (String column : List.of("_writetime_m", "_ttl_l", "_writetime_p")) {
      if (told) {
        assertThat(Spark.SESSION.sql("SELECT " + column + " FROM " + TABLE).count())
            .isEqualTo(ROWS);
      } else {
        assertThatThrownBy(() -> Spark.SESSION.sql("SELECT " + column + " FROM " + TABLE))
            .hasMessageContaining(column);
      }
    }
  }

  @Test
  void areHiddenAndCannotBeWritten() {
    assertThat(Spark.SESSION.sql("SELECT * FROM " + TABLE).columns())
        .containsExactlyInAnyOrder("Id", "b", "n", "s", "v", "MiXed", "m", "l", "p", "fl", "fp");
    assertThat(Spark.table(KS, "Cells").columns()).hasSize(11);
    assertThatThrownBy(
            () ->
                Spark.SESSION.sql(
                    "INSERT INTO "
                        + TABLE
                        + " (Id, b, n, s, v, MiXed, m, l, p, fl, fp, _writetime_v)"
                        + " SELECT Id, b, n, s, v, MiXed, m, l, p, fl, fp, 1 FROM "
                        + TABLE))
        .hasMessageContaining("_writetime_v");
    assertThatThrownBy(
            () ->
                Spark.append(Spark.table(KS, "Cells").selectExpr("*", "_writetime_v"), KS, "Cells"))
        .hasMessageContaining("it has no column '_writetime_v'");
  }

  @Test
  void serveInAllClauses() {
    assertThat(
            sorted(
                Spark.SESSION.sql(
                    "SELECT Id FROM "
                        + TABLE
                        + " WHERE _writetime_fl > 1100 AND _ttl_fl IS NULL AND _writetime_v = 1000"
                        + " + v ORDER BY _writetime_fl DESC LIMIT 2")))
        .containsExactly("[396]", "[398]");
    assertThat(
            Spark.SESSION
                .sql("SELECT _writetime_fl % 2, count(*) FROM " + TABLE + " GROUP BY 1 ORDER BY 1")
                .collectAsList()
                .toString())
        .isEqualTo("[[0,200], [1,200]]");
    assertThat(
            Spark.SESSION
                .sql(
                    "SELECT max(_writetime_fl), min(_token) IS NOT NULL, count(_ttl_fl) FROM "
                        + TABLE)
                .first()
                .toString())
        .isEqualTo("[1399,true,200]");
  }

  @Test
  void pushRangesOfTokensDown() {
    List<Long> tokens = new ArrayList<>();
    Cassandra.cql("SELECT token(\"Id\", b) FROM hidden.\"Cells\"")
        .forEach(row -> tokens.add(row.getLong(0)));
    tokens.sort(null);
    long low = tokens.get(100);
    long high = tokens.get(150);
    List<String> predicates =
        List.of(
            "_token > " + low,
            "_token >= " + low + " AND _token < " + high,
            low + " < _token AND " + high + " >= _token",
            "_token = " + low,
            "_token IN (" + low + ", " + high + ", 5)",
            "_token BETWEEN " + low + " AND " + high + " AND v % 2 = 0",
            "_token > " + low + " AND Id = 3 AND b = 'b0'",
            "_token <= " + low + " AND Id = 3 AND b = 'b0'",
            "_token > 9223372036854775807L",
            "_token >= -9223372036854775807L - 1",
            "_token > " + high + " AND _token < " + low,
            "_token <> " + low,
            "_token > " + low + " OR v = 7");
    Dataset<Row> unpushed =
        Spark.SESSION
            .read()
            .format("cassandra")
            .option("keyspace", KS)
            .option("table", "Cells")
            .option("read.pushdown", "false")
            .load();
    for (String predicate : predicates) {
      List<String> expected =
          sorted(unpushed.where(predicate).selectExpr("Id", "_token", "_writetime_v"));
      assertThat(
              sorted(
                  Spark.SESSION.sql(
                      "SELECT Id, _token, _writetime_v FROM " + TABLE + " WHERE " + predicate)))
          .as(predicate)
          .isEqualTo(expected);
      assertThat(
              Spark.SESSION
                  .sql("SELECT count(*) FROM " + TABLE + " WHERE " + predicate)
                  .first()
                  .getLong(0))
          .as(predicate)
          .isEqualTo(expected.size());
    }
    String plan =
        Spark.SESSION
            .sql("SELECT Id FROM " + TABLE + " WHERE _token > " + low + " AND _token <= " + high)
            .queryExecution()
            .executedPlan()
            .toString();
    assertThat(plan)
        .contains("pushed: [_token > " + low + ", _token <= " + high + "]", "residual: []");
  }

  @Test
  void readOnlyTheRangesOfTokensAsked() {
    String catalog = "spark.sql.catalog.tokens_asked";
    Spark.SESSION.conf().set(catalog, "io.ringside.spark.CassandraCatalog");
    Spark.SESSION.conf().set(catalog + ".contact-points", Cassandra.CLUSTER.contactPoint());
    Spark.SESSION.conf().set(catalog + ".driver-config", SentCql.driverConfig());
    String query =
        "SELECT Id FROM tokens_asked.hidden.`Cells` WHERE _token > -1000 AND _token <="
            + " 4611686018427387904L";
    Spark.SESSION.sql(query).collectAsList();
    try (SentCql sent = new SentCql()) {
      Spark.SESSION.sql(query).collectAsList();
      List<String> requests = sent.containing("FROM hidden.\"Cells\" WHERE token");
      assertThat(requests).isNotEmpty();
      for (String request : requests) {
        Matcher bounds = BOUNDS.matcher(request);
        assertThat(bounds.find()).as(request).isTrue();
        if (request.contains("LIMIT")) {
          continue;
        }
        assertThat(Long.parseLong(bounds.group(1))).isBetween(-1000L, 4611686018427387904L);
        assertThat(Long.parseLong(bounds.group(2))).isBetween(-1000L, 4611686018427387904L);
      }
    }
  }

  /** Spark hands the hidden columns of a condition back with the new rows. */
  @Test
  void chooseTheRowsOfStatementsThatChangeThem() {
    Cassandra.cql("CREATE TABLE hidden.changed (id int PRIMARY KEY, v int, w int)");
    for (int i = 0; i < 6; i++) {
      Cassandra.cql(
          "INSERT INTO hidden.changed (id, v, w) VALUES (?, ?, ?) USING TIMESTAMP ?",
          i,
          i,
          i,
          100L + i);
    }
    Spark.SESSION.sql("UPDATE cass.hidden.changed SET v = -1 WHERE _writetime_v = 101");
    Spark.SESSION.sql(
        "DELETE FROM cass.hidden.changed WHERE _writetime_v = 102 AND _ttl_v IS NULL");
    assertThat(told("SELECT id, v, w, writetime(w) FROM hidden.changed"))
        .containsExactly(
            "[0,0,0,100]", "[1,-1,1,101]", "[3,3,3,103]", "[4,4,4,104]", "[5,5,5,105]");

    String merge =
        "MERGE INTO cass.hidden.changed t USING (SELECT id FROM range(10)) s ON t.id = s.id"
            + " WHEN MATCHED AND t._writetime_v = 103 THEN DELETE"
            + " WHEN MATCHED AND t._writetime_w > 103 AND t._token IS NOT NULL"
            + " THEN UPDATE SET v = t._writetime_w";
    if (Spark.version().atLeast("4.2")) {
      // Its generated code counts the columns of such a MERGE wrong, before a task runs.
      assertThatThrownBy(() -> Spark.SESSION.sql(merge)).hasStackTraceContaining("MergeRowsExec");
      assertThat(told("SELECT id, v FROM hidden.changed WHERE id IN (3, 4)"))
          .containsExactly("[3,3]", "[4,4]");
      Spark.SESSION.conf().set("spark.sql.codegen.wholeStage", "false");
    }
    try {
      Spark.SESSION.sql(merge);
    } finally {
      Spark.SESSION.conf().unset("spark.sql.codegen.wholeStage");
    }
    assertThat(told("SELECT id, v, w, writetime(w) FROM hidden.changed"))
        .containsExactly("[0,0,0,100]", "[1,-1,1,101]", "[4,104,4,104]", "[5,105,5,105]");
  }

  @Test
  void giveWayToRealColumns() {
    Cassandra.cql(
        "CREATE TABLE hidden.taken (id int PRIMARY KEY, v int, \"_ttl_v\" text, \"_token\" text)");
    Cassandra.cql(
        "INSERT INTO hidden.taken (id, v, \"_ttl_v\", \"_token\") VALUES (1, 2, 'x', 'y') USING"
            + " TIMESTAMP 5");
    assertThat(
            Spark.SESSION
                .sql(
                    "SELECT _ttl_v, _token, _writetime_v, _writetime__ttl_v FROM cass.hidden.taken"
                        + " WHERE _token = 'y'")
                .first()
                .toString())
        .isEqualTo("[x,y,5,5]");
  }

  @Test
  void tellWhenCountersChanged() {
    Cassandra.cql("CREATE TABLE hidden.counts (id int PRIMARY KEY, c counter)");
    Cassandra.cql("UPDATE hidden.counts SET c = c + 1 WHERE id = 1");
    assertThat(sorted(Spark.SESSION.sql("SELECT _writetime_c, _ttl_c FROM cass.hidden.counts")))
        .isEqualTo(told("SELECT writetime(c), ttl(c) FROM hidden.counts"));
  }

  @ParameterizedTest
  @CsvSource({
    "_token, system.local",
    "_primary_key, system.local",
    "_stored_row, system.local",
    "_primary_key, system.peers_v2",
    "_primary_key, system_views.settings",
    "_stored_row, system_views.clients",
    "_primary_key, system_virtual_schema.tables"
  })
  void giveTablesOfOneNodeNone(String column, String table) {
    assertThatThrownBy(
            () ->
                Spark.SESSION
                    .sql("SELECT %s FROM cass.%s".formatted(column, table))
                    .collectAsList())
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining(column);
  }
}
