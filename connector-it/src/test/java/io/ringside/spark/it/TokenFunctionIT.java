// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The function {@code token} in SQL gives Cassandra's own tokens and restricts what is read. */
@Tag("matrix")
class TokenFunctionIT {
  private static final String KS = "token_function";

  @BeforeAll
  static void makeKeyspace() {
    Cassandra.keyspace(KS);
    Cassandra.cql(
        "CREATE TABLE token_function.\"Pairs\" (\"Id\" uuid, b text, v int, PRIMARY KEY ((\"Id\", b)))");
    Cassandra.cql("CREATE TABLE token_function.longs (id bigint PRIMARY KEY, v int)");
    for (int i = 0; i < 200; i++) {
      Cassandra.cql(
          "INSERT INTO token_function.\"Pairs\" (\"Id\", b, v) VALUES (uuid(), ?, ?)", "é" + i, i);
      Cassandra.cql("INSERT INTO token_function.longs (id, v) VALUES (?, ?)", i - 100L, i);
    }
  }

  private static List<Row> sql(String query) {
    return Spark.SESSION.sql(query).collectAsList();
  }

  @Test
  void givesTheTokenOfEveryKeyType() {
    Map<String, List<String>> values =
        Map.ofEntries(
            Map.entry("ascii", List.of("'a'", "'longer than sixteen bytes'")),
            Map.entry("text", List.of("'é'", "'x'")),
            Map.entry("tinyint", List.of("-1", "127")),
            Map.entry("smallint", List.of("-2", "300")),
            Map.entry("int", List.of("-3", "70000")),
            Map.entry("bigint", List.of("-4", "9223372036854775807")),
            Map.entry("varint", List.of("-129", "12345678901234567890")),
            Map.entry("float", List.of("1.5", "-0.25")),
            Map.entry("double", List.of("1e300", "-2.5")),
            Map.entry("boolean", List.of("true", "false")),
            Map.entry("blob", List.of("0xff00", "0x8081828384858687888990919293949596")),
            Map.entry("date", List.of("'1969-12-31'", "'2024-02-29'")),
            Map.entry("time", List.of("'00:00:00.000000001'", "'23:59:59'")),
            Map.entry("timestamp", List.of("'1969-12-31T23:59:59.999Z'", "'2024-02-29T00:00:00Z'")),
            Map.entry("uuid", List.of("0f0f0f0f-0000-4000-8000-000000000001")),
            Map.entry("timeuuid", List.of("0f0f0f0f-0000-1000-8000-000000000001")),
            Map.entry("inet", List.of("'10.0.0.1'", "'2001:db8::1'")));
    values.forEach(
        (type, keys) -> {
          String table = KS + ".of_" + type;
          Cassandra.cql("CREATE TABLE " + table + " (k " + type + " PRIMARY KEY)");
          keys.forEach(key -> Cassandra.cql("INSERT INTO " + table + " (k) VALUES (" + key + ")"));
          List<Row> rows = sql("SELECT _token, cass." + table + ".token(k) FROM cass." + table);
          assertThat(rows).hasSize(keys.size());
          rows.forEach(row -> assertThat(row.getLong(1)).as(type).isEqualTo(row.getLong(0)));
        });
  }

  @Test
  void restrictsTheTokensThatAreRead() {
    String pairs = "cass.token_function.`Pairs`";
    String longs = "cass.token_function.longs";
    for (String[] query :
        new String[][] {
          {pairs, pairs + ".token(Id, b) > 0", "_token > 0"},
          {pairs, "1000 >= " + pairs + ".token(`Id`, b) AND v % 2 = 0", "_token <= 1000"},
          {longs, "cass.token(id) BETWEEN -4611686018427387904L AND 0", "_token <= 0"},
          {longs, longs + ".token(id) <= 77", "_token <= 77"},
        }) {
      String text = "SELECT v FROM " + query[0] + " WHERE ";
      String plan = Spark.SESSION.sql(text + query[1]).queryExecution().executedPlan().toString();
      assertThat(plan.substring(plan.indexOf("pushed: "), plan.indexOf("residual: ")))
          .as(plan)
          .contains("token(");
      String unpushed =
          query[1].replaceAll("(cass\\.[a-z_.`P]*token\\([a-zA-Z`, ]*\\))", "($1 + 0)");
      assertThat(sql(text + query[1] + " ORDER BY v"))
          .isEqualTo(sql(text + unpushed + " ORDER BY v"))
          .isNotEmpty()
          .hasSizeLessThan(200);
    }
  }

  @Test
  void leavesOtherCallsToSpark() {
    String plan =
        Spark.SESSION
            .sql(
                "SELECT v FROM cass.token_function.`Pairs`"
                    + " WHERE cass.token_function.longs.token(v) > 0 AND cass.token(v) > 0")
            .queryExecution()
            .executedPlan()
            .toString();
    assertThat(plan).contains("pushed: []");
    assertThat(sql("SELECT cass.token(1), cass.token(cast(null AS int)), cass.token(1L, 2)"))
        .hasToString("[[-4069959284402364209,null," + composite() + "]]");
  }

  private static long composite() {
    Cassandra.cql("CREATE TABLE token_function.two (a bigint, b int, PRIMARY KEY ((a, b)))");
    Cassandra.cql("INSERT INTO token_function.two (a, b) VALUES (1, 2)");
    return Cassandra.cql("SELECT token(a, b) FROM token_function.two").one().getLong(0);
  }

  @Test
  void refusesWhatDoesNotTellBytes() {
    assertThatThrownBy(() -> sql("SELECT cass.token('x')"))
        .hasMessageContaining("value of Spark type string")
        .hasMessageContaining("<catalog>.<keyspace>.<table>.token");
    assertThatThrownBy(() -> sql("SELECT cass.token_function.`Pairs`.token('x')"))
        .hasMessageContaining("with 1 arguments: the partition key has 2 columns");
    Cassandra.cql("CREATE TABLE token_function.decimals (k decimal PRIMARY KEY)");
    assertThatThrownBy(() -> sql("SELECT cass.token_function.decimals.token(1.5)"))
        .hasMessageContaining("CQL type decimal does not determine its bytes in Spark");
    assertThatThrownBy(() -> sql("SELECT cass.nothing.here.token(1)"))
        .hasMessageContaining("token");
    assertThatThrownBy(() -> sql("SELECT cass.other(1)")).hasMessageContaining("other");
  }
}
