// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.logging.log4j.Level;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Procedures of the catalog, which Spark can call since 4.0, by what they change in Cassandra. */
@Needs(spark = "4.0", reason = "Spark has no procedures before 4.0")
@Tag("matrix")
class ProceduresIT {
  private static final String KS = "procedures";
  private static final SparkSession SPARK = Spark.SESSION;

  @BeforeAll
  static void makeCatalogs() {
    Cassandra.keyspace(KS);
    Cassandra.cql("CREATE TABLE procedures.t (id int PRIMARY KEY, v text)");
    catalog("calls");
    catalog("cql");
    SPARK.conf().set("spark.sql.catalog.cql.catalog.allow-cql", "true");
    catalog("dropping");
    SPARK.conf().set("spark.sql.catalog.dropping.catalog.allow-cql", "true");
    SPARK.conf().set("spark.sql.catalog.dropping.catalog.allow-drop", "true");
  }

  private static void catalog(String name) {
    String prefix = "spark.sql.catalog." + name;
    SPARK.conf().set(prefix, "io.ringside.spark.spark4.CassandraProcedureCatalog");
    SPARK.conf().set(prefix + ".contact-points", Cassandra.CLUSTER.contactPoint());
    SPARK.conf().set(prefix + ".read.min-splits", "5");
  }

  private static List<Row> call(String call) {
    return SPARK.sql("CALL " + call).collectAsList();
  }

  private static List<Row> cql(String catalog, String statement) {
    return call(catalog + ".system.cql(statement => \"" + statement + "\")");
  }

  @Test
  void isACatalogLikeTheOther() {
    SPARK.sql("INSERT INTO calls.procedures.t VALUES (1, 'a')");
    assertThat(SPARK.sql("SELECT v FROM calls.procedures.t WHERE id = 1").collectAsList())
        .hasToString("[[a]]");
  }

  @Test
  void makesAViewOfALookupJoin() {
    Cassandra.cql("CREATE TABLE procedures.people (id bigint PRIMARY KEY, name text, tier int)");
    for (int id = 0; id < 10; id++) {
      Cassandra.cql(
          "INSERT INTO procedures.people (id, name, tier) VALUES (%d, 'n%d', %d)"
              .formatted(id, id, id % 2));
    }
    SPARK.range(20).selectExpr("id AS person", "id * 10 AS v").createOrReplaceTempView("events");
    assertThat(
            call(
                "calls.system.lookup_join(source => 'events', table => 'procedures.people', on =>"
                    + " 'person = id', name => 'named', kind => 'left', columns => 'name AS who',"
                    + " condition => 'tier = 1')"))
        .hasToString(
            "[[named,SELECT name FROM procedures.people WHERE id=? AND tier=? ALLOW FILTERING]]");
    assertThat(SPARK.sql("SELECT person, v, who FROM named WHERE v < 25").collectAsList())
        .hasToString("[[0,0,null], [1,10,n1], [2,20,null]]");
    assertThat(SPARK.sql("SELECT count(who), count(*) FROM named").collectAsList())
        .hasToString("[[5,20]]");
    call(
        "calls.system.lookup_join('events', 'procedures.people', 'person = id', 'strangers',"
            + " 'leftanti')");
    assertThat(SPARK.sql("SELECT count(*), min(person) FROM strangers").collectAsList())
        .hasToString("[[10,10]]");
    assertThatThrownBy(
            () -> call("calls.system.lookup_join('events', 'procedures.people', 'v', 'x')"))
        .hasMessageContaining(
            "Cannot look up procedures.people: procedures.people has no column 'v'");
    assertThatThrownBy(
            () -> call("calls.system.lookup_join('events', 'procedures.nobody', 'v', 'x')"))
        .hasMessageContaining("Cannot look up procedures.nobody:");
  }

  @Test
  void tellsTheSplitsOfAScan() {
    List<Row> rows = call("calls.system.splits(table => 'procedures.t')");
    long splits = rows.stream().map(row -> row.getInt(0)).distinct().count();
    assertThat(splits)
        .isGreaterThanOrEqualTo(5)
        .isEqualTo(SPARK.sql("SELECT * FROM calls.procedures.t").rdd().getNumPartitions());
    BigInteger tokens =
        rows.stream()
            .map(row -> new BigInteger(row.getString(2)).subtract(new BigInteger(row.getString(1))))
            .reduce(BigInteger.ZERO, BigInteger::add);
    // Murmur3 has no token -2^63: every other one is in one range.
    assertThat(tokens).isEqualTo(BigInteger.TWO.pow(64).subtract(BigInteger.ONE));
    String node =
        Objects.requireNonNull(
                Cassandra.cql("SELECT rpc_address FROM system.local").one().getInetAddress(0))
            .getHostAddress();
    assertThat(rows).allSatisfy(row -> assertThat(row.getList(3)).isEqualTo(List.of(node)));
    assertThat(
            SPARK.sql("CALL calls.system.splits(table => 'procedures.t')").schema().simpleString())
        .isEqualTo(
            "struct<split:int,start_token:string,end_token:string,replicas:array<string>,"
                + "split_bytes:bigint>");
    assertThat(call("calls.system.splits('`procedures`.`t`')")).hasSameSizeAs(rows);
  }

  @Test
  void refusesWhatCannotBeSplit() {
    assertRefused(
        () -> call("calls.system.splits('procedures.tt')"),
        "there is no such table",
        "procedures.t");
    assertRefused(() -> call("calls.system.splits('t')"), "it is not a full name");
    assertRefused(() -> call("calls.system.splits(cast(NULL AS STRING))"), "table is null");
    assertRefused(() -> call("calls.system.splits('system.local')"), "which one node answers for");
    assertRefused(() -> call("calls.system.spits('procedures.t')"), "spits");
  }

  private static void assertRefused(ThrowingCallable call, String... reasons) {
    assertThatThrownBy(call)
        .satisfies(
            refusal ->
                assertThat(causes(refusal)).satisfies(text -> assertThat(text).contains(reasons)));
  }

  /** What an error and all that caused it say. */
  private static String causes(Throwable error) {
    StringBuilder text = new StringBuilder();
    for (Throwable e = error; e != null; e = e.getCause()) {
      text.append(e).append('\n');
    }
    return text.toString();
  }

  @Test
  void runsSchemaStatementsWhereAllowed() {
    String type = "CREATE TYPE procedures.address (street text)";
    assertRefused(
        () -> cql("calls", type),
        "this catalog runs none",
        "run SET `spark.sql.catalog.calls.catalog.allow-cql`=true.");
    SPARK.sql("EXPLAIN CALL cql.system.cql(statement => \"" + type + "\")").collectAsList();
    assertThat(types()).isEmpty();
    List<Row> applied = cql("cql", type);
    assertThat(applied).hasToString("[[1]]");
    assertThat(types()).containsExactly("address");
    // The catalog knows it at once.
    SPARK.sql(
        "CREATE TABLE cql.procedures.homes (id INT, home STRUCT<street: STRING>"
            + " COMMENT 'cql: frozen<address>') PARTITIONED BY (id)");

    cql("cql", "ALTER TYPE procedures.address ADD zip int");
    assertThat(SPARK.table("cql.procedures.homes").schema().simpleString())
        .contains("struct<street:string,zip:int>");
    assertRefused(() -> cql("cql", "CREATE TYPE procedures.address (x int)"), "already exists");
    assertRefused(() -> cql("cql", "SELECT * FROM procedures.t"), "it starts with none of");
    assertThat(cql("cql", "DESCRIBE KEYSPACE procedures").stream().map(row -> row.getString(1)))
        .contains("type");
  }

  private static List<String> types() {
    return Cassandra.cql("SELECT type_name FROM system_schema.types WHERE keyspace_name = ?", KS)
        .all()
        .stream()
        .map(row -> String.valueOf(row.getString(0)))
        .filter(name -> name.equals("address"))
        .toList();
  }

  @Test
  void dropsOnlyWhereThatIsAllowed() {
    Cassandra.cql("CREATE TYPE procedures.gone (a int)");
    assertRefused(
        () -> cql("cql", "/* ; */ drop TYPE procedures.gone"), "this catalog drops nothing");
    cql("dropping", "/* ; */ drop TYPE procedures.gone");
    assertThat(
            Cassandra.cql(
                    "SELECT type_name FROM system_schema.types WHERE keyspace_name = ?"
                        + " AND type_name = 'gone'",
                    KS)
                .one())
        .isNull();
  }

  /** A check that reads otherwise than the server would let these through. */
  @Test
  void cannotBeTalkedPastTheProtection() {
    Cassandra.cql("CREATE TABLE procedures.precious (id int PRIMARY KEY, v text, w text)");
    for (String statement :
        List.of(
            "-- x\\rDROP TABLE procedures.precious /*\\nCREATE */",
            "// x\\rDROP TABLE procedures.precious",
            "/* /* */ DROP TABLE procedures.precious",
            "CREATE TYPE procedures.x (a int); DROP TABLE procedures.precious",
            "BEGIN BATCH DELETE FROM procedures.precious WHERE id = 1; APPLY BATCH",
            "TRUNCATE procedures.precious",
            "-- CREATE\\rTRUNCATE procedures.precious",
            "ALTER TABLE procedures.precious-- ADD\\rDROP v -- x int",
            "ALTER TABLE procedures.precious/**/DROP/**/v",
            "ALTER TABLE procedures.\\\"precious\\\"DROP v",
            "ALTER TABLE procedures.precious DROP (v, w)",
            "CREATE\\u00a0DROP TABLE procedures.precious",
            "$$ CREATE $$ DROP TABLE procedures.precious",
            "\\u2028DROP TABLE procedures.precious")) {
      assertThatThrownBy(() -> cql("cql", statement))
          .as(statement)
          .hasStackTraceContaining("Cannot run ");
    }
    assertThat(columnsOf("precious")).containsExactlyInAnyOrder("id", "v", "w");
    // What is no comment and no drop for the server is none here.
    cql("cql", "ALTER TABLE procedures.precious ADD \\\"DROP\\\" text /* DROP */ -- DROP");
    cql("cql", "ALTER TABLE procedures.precious\\r\\nWITH comment = $$it's -- DROP$$");
    assertThat(columnsOf("precious")).containsExactlyInAnyOrder("id", "v", "w", "DROP");
    assertThat(
            Cassandra.cql(
                    "SELECT comment FROM system_schema.tables WHERE keyspace_name = ?"
                        + " AND table_name = 'precious'",
                    KS)
                .one()
                .getString(0))
        .isEqualTo("it's -- DROP");
  }

  private static List<String> columnsOf(String table) {
    return Cassandra.cql(
            "SELECT column_name FROM system_schema.columns WHERE keyspace_name = ?"
                + " AND table_name = ?",
            KS,
            table)
        .all()
        .stream()
        .map(row -> String.valueOf(row.getString(0)))
        .toList();
  }

  /** This server has no roles: it refuses, and nothing may repeat what it was asked. */
  @Test
  void neverRepeatsAPassword() {
    try (CapturedLog log = new CapturedLog(Level.WARN)) {
      for (String statement :
          List.of(
              "CREATE ROLE app WITH PASSWORD = 'can4ry' AND LOGIN = true",
              "CREATE ROLE app WITH PASSWORD = 'can4ry' AND AND",
              "CREATE RLE app WITH PASWORD = 'can4ry'",
              "CREAT ROLE app WITH PASSWORD = 'can4ry'")) {
        assertThatThrownBy(() -> cql("cql", statement))
            .satisfies(
                refusal ->
                    assertThat(causes(refusal)).contains("Cannot run").doesNotContain("can4ry"));
      }
      assertThat(log.lines().stream().collect(Collectors.joining("\n"))).doesNotContain("can4ry");
    }
  }

  @Test
  @Needs(spark = "4.1", reason = "SHOW PROCEDURES came with Spark 4.1")
  void showsProcedures() {
    assertThat(SPARK.sql("SHOW PROCEDURES IN calls.system").collectAsList().toString())
        .contains("cql", "splits");
  }
}
