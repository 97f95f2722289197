// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Collections, tuples, user-defined types and vectors in and out of each other, end to end. */
@Tag("matrix")
class NestedTypesIT {
  private static final String KS = "nested";

  @BeforeAll
  static void makeTables() {
    Cassandra.keyspace(KS);
    Cassandra.cql("CREATE TYPE nested.person (\"First name\" text, age int)");
    for (String table : List.of("source", "target")) {
      Cassandra.cql(
          ("CREATE TABLE nested.%s (k frozen<list<int>>, c frozen<map<text, int>>,"
                  + " deep list<frozen<map<text, frozen<tuple<int, set<uuid>, person>>>>>,"
                  + " p person, tags set<text>, prices list<decimal>, v %s, PRIMARY KEY (k, c))")
              .formatted(table, vector(3)));
    }
    Cassandra.cql("CREATE INDEX ON nested.source (tags)");
    Cassandra.cql(
        "INSERT INTO nested.source (k, c, deep, p, tags, prices, v) VALUES ([1, 2], {'a': 1},"
            + " [{'x': (7, {ffffffff-ffff-4fff-bfff-ffffffffffff,"
            + " 123e4567-e89b-42d3-a456-426614174000}, {\"First name\": 'Ann', age: 5})},"
            + " {}, {'y': (null, null, null), 'z': (1, {}, {age: 3})}],"
            + " {\"First name\": 'Zoë'}, {'b', 'a'}, [1.5, 2.25], [1, 2, 3])");
    Cassandra.cql("INSERT INTO nested.source (k, c) VALUES ([], {})");
  }

  /** A vector, or what is next to it where there are none. */
  private static String vector(int dimensions) {
    return Cassandra.version().atLeast("5.0")
        ? "vector<float, %d>".formatted(dimensions)
        : "frozen<list<float>>";
  }

  private static Dataset<Row> source() {
    return Spark.table(KS, "source");
  }

  @Test
  void carriesNestedValuesBothWays() {
    assertThat(source().orderBy("k").selectExpr("to_json(struct(*))").collectAsList().toString())
        .isEqualTo(
            "[[{\"k\":[],\"c\":{}}], [{\"k\":[1,2],\"c\":{\"a\":1},\"deep\":["
                + "{\"x\":{\"0\":7,\"1\":[\"123e4567-e89b-42d3-a456-426614174000\","
                + "\"ffffffff-ffff-4fff-bfff-ffffffffffff\"],"
                + "\"2\":{\"First name\":\"Ann\",\"age\":5}}},"
                + "{},{\"y\":{},\"z\":{\"0\":1,\"1\":[],\"2\":{\"age\":3}}}],"
                + "\"p\":{\"First name\":\"Zoë\"},\"prices\":[1.500000000000000000,"
                + "2.250000000000000000],\"tags\":[\"a\",\"b\"],\"v\":[1.0,2.0,3.0]}]]");
    // Through a shuffle, so that the rows written are Spark's own.
    Spark.append(source().repartition(2).drop("prices"), KS, "target");
    String rows = "SELECT k, c, deep, p, tags, v FROM nested.%s WHERE k = [1, 2]";
    var before = Cassandra.cql(rows.formatted("source")).one();
    var after = Cassandra.cql(rows.formatted("target")).one();
    for (int i = 0; i < 6; i++) {
      assertThat(after.getBytesUnsafe(i)).isEqualTo(before.getBytesUnsafe(i));
    }
    var empty = Cassandra.cql("SELECT * FROM nested.target WHERE k = []").one();
    assertThat(empty.getMap("c", String.class, Integer.class)).isEmpty();
    assertThat(empty.isNull("deep")).isTrue();
    assertThat(empty.isNull("p")).isTrue();
  }

  @Test
  void decodesTheFieldsAskedForAlone() {
    Dataset<Row> ages = source().selectExpr("p.age", "deep[0]['x']['2'].age AS deepAge");
    assertThat(ages.collectAsList().toString()).contains("[null,5]");
    assertThat(
            source().select("p.age").queryExecution().optimizedPlan().p(1).schema().catalogString())
        .isEqualTo("struct<p:struct<age:int>>");
  }

  @Test
  void leavesConditionsOnNestedValuesToSpark() {
    for (String condition :
        List.of(
            "p.`First name` = 'Zoë'",
            "array_contains(tags, 'a')",
            "tags = array('a', 'b')",
            "k = array(1, 2)",
            "k > array(1)",
            "c['a'] = 1",
            "p = named_struct('First name', 'Zoë', 'age', cast(null AS int))"
                + " OR p.`First name` IN ('Zoë', 'x')",
            "tags IS NOT NULL",
            "size(deep) = 3")) {
      Dataset<Row> found =
          Spark.SESSION
              .read()
              .format("cassandra")
              .option("keyspace", KS)
              .option("table", "source")
              .option("read.allow-filtering", "always")
              .load()
              .where(condition);
      assertThat(found.count()).as(condition).isEqualTo(1);
      assertThat(found.queryExecution().executedPlan().toString())
          .as(condition)
          .contains("pushed: []");
    }
  }

  @Test
  void aggregatesNestedColumns() {
    assertThat(
            source()
                .selectExpr("count(tags)", "max(k)", "count(p)", "count(v)")
                .collectAsList()
                .get(0)
                .getLong(0))
        .isEqualTo(1);
    assertThat(source().selectExpr("max(k)").first().getList(0)).isEqualTo(List.of(1, 2));
  }

  @Test
  void readsValuesFromBeforeTheirTypeGrew() {
    Cassandra.cql("CREATE TYPE nested.growing (a int)");
    Cassandra.cql("CREATE TABLE nested.old (id int PRIMARY KEY, g frozen<growing>)");
    Cassandra.cql("INSERT INTO nested.old (id, g) VALUES (1, {a: 1})");
    Cassandra.cql("ALTER TYPE nested.growing ADD b text");
    Cassandra.cql("INSERT INTO nested.old (id, g) VALUES (2, {a: 2, b: 'new'})");
    assertThat(Spark.table(KS, "old").orderBy("id").select("g.a", "g.b").collectAsList().toString())
        .isEqualTo("[[1,null], [2,new]]");
  }

  @Test
  void insertsBySql() {
    Cassandra.cql(
        ("CREATE TABLE nested.by_sql (id int PRIMARY KEY, m map<text, frozen<list<int>>>,"
                + " p person, t tuple<int, text>, v %s)")
            .formatted(vector(2)));
    Spark.SESSION.sql(
        "INSERT INTO cass.nested.by_sql (id, m, p, t, v)"
            + " SELECT id, map('x', array(id, 2)), named_struct('First name', 'Ann', 'age', id),"
            + " named_struct('0', id, '1', 'one'), array(nullif(cast(id AS float), 9f), 2f)"
            + " FROM VALUES (1), (2) AS data (id)");
    var row = Cassandra.cql("SELECT * FROM nested.by_sql WHERE id = 1").one();
    assertThat(row.getFormattedContents().replace("1.0, 2.0", "1.0,2.0"))
        .isEqualTo(
            "[id:1, m:{'x':[1,2]}, p:{\"First name\":'Ann',age:1}, t:(1,'one'), v:[1.0,2.0]]");
  }

  @Test
  @Needs(cassandra = "5.0", reason = "there are no vectors")
  void refusesAVectorOfAnotherLength() {
    refuses("array(1f, 2f) AS v", "an array has 2 elements where its vector has 3");
  }

  private static void refuses(String column, String reason) {
    Dataset<Row> rows = Spark.SESSION.sql("SELECT array(9) AS k, map('a', 1) AS c, " + column);
    assertThatThrownBy(() -> Spark.append(rows, KS, "target")).hasStackTraceContaining(reason);
    assertThat(Cassandra.cql("SELECT * FROM nested.target WHERE k = [9]").one()).isNull();
  }

  @Test
  void refusesWhatCassandraCannotKeep() {
    refuses("array('a', null) AS tags", "Cannot write column 'tags': an element is null");
    assertThatThrownBy(
            () ->
                Spark.append(
                    Spark.SESSION.sql(
                        "SELECT array(9) AS k, map('a', 1) AS c, struct(1 AS years) AS p"),
                    KS,
                    "target"))
        .hasMessageContaining("Cannot write column 'p'")
        .hasMessageContaining("has no field 'years'");
  }

  @Test
  void neverRoundsDecimalsInCollections() {
    assertThat(prices("10,2").schema().apply("prices").dataType().catalogString())
        .isEqualTo("array<decimal(10,2)>");
    assertThat(prices("10,2").where("prices IS NOT NULL").first().getList(0).toString())
        .isEqualTo("[1.50, 2.25]");
    assertThatThrownBy(() -> prices("10,1").collectAsList())
        .hasStackTraceContaining("Cannot read column 'prices.element' as decimal(10,1)")
        .hasStackTraceContaining("decimal.prices=precision,scale");
  }

  private static Dataset<Row> prices(String type) {
    return Spark.SESSION
        .read()
        .format("cassandra")
        .option("keyspace", KS)
        .option("table", "source")
        .option("decimal.prices", type)
        .load()
        .select("prices");
  }
}
