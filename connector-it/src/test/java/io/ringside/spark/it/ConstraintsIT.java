// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringside.spark.CassandraCatalog;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What schema statements of Spark can say since 4.1, checked in Cassandra's own schema tables. */
@Needs(spark = "4.1", reason = "Spark has no constraints before 4.1")
@Tag("matrix")
class ConstraintsIT {
  private static final String KS = "constraints";
  private static final SparkSession SPARK = Spark.SESSION;

  @BeforeAll
  static void makeKeyspaces() {
    Cassandra.keyspace(KS);
    Cassandra.keyspace("constraints_too");
  }

  private static String sql(String statement) {
    return SPARK.sql(statement).collectAsList().toString();
  }

  private static void assertRefused(String statement, String... reasons) {
    assertThatThrownBy(() -> sql(statement))
        .as(statement)
        .satisfies(refusal -> assertThat(refusal).hasMessageContainingAll(reasons));
  }

  @Test
  void makesTablesFromPrimaryKeys() {
    sql(
        "CREATE TABLE cass.constraints.one (a INT, b INT, c STRING, CONSTRAINT k PRIMARY KEY (b,"
            + " a)) TBLPROPERTIES ('gc_grace_seconds'='77')");
    assertThat(SchemaTables.columns(KS, "one"))
        .containsExactly(
            "a int clustering 0 asc", "b int partition_key 0 none", "c text regular -1 none");
    assertThat(SchemaTables.options(KS, "one")).containsEntry("gc_grace_seconds", "77");

    sql("CREATE TABLE cass.constraints.inline (`A b` INT PRIMARY KEY, v STRING)");
    assertThat(SchemaTables.columns(KS, "inline"))
        .containsExactly("A b int partition_key 0 none", "v text regular -1 none");

    sql(
        "CREATE TABLE cass.constraints.both (a INT, b INT, c INT, d INT, PRIMARY KEY (a, b, c, d))"
            + " PARTITIONED BY (b, a) TBLPROPERTIES ('clustering_key'='c DESC, d')");
    assertThat(SchemaTables.columns(KS, "both"))
        .containsExactly(
            "a int partition_key 1 none",
            "b int partition_key 0 none",
            "c int clustering 0 desc",
            "d int clustering 1 asc");
  }

  @Test
  void showsPrimaryKeysAndMakesThemAgain() {
    sql(
        "CREATE TABLE cass.constraints.shown (`Id x` INT, at TIMESTAMP, v STRING,"
            + " PRIMARY KEY (`Id x`, at)) TBLPROPERTIES ('clustering_key'='at DESC')");
    assertThat(sql("DESCRIBE TABLE EXTENDED cass.constraints.shown"))
        .contains("PRIMARY KEY (`Id x`, at)");
    String create =
        SPARK.sql("SHOW CREATE TABLE cass.constraints.shown").collectAsList().get(0).getString(0);
    sql(create.replaceFirst("CREATE TABLE \\S*shown\\S*", "CREATE TABLE cass.constraints.again"));
    assertThat(SchemaTables.columns(KS, "again")).isEqualTo(SchemaTables.columns(KS, "shown"));
    assertThat(SchemaTables.options(KS, "again")).isEqualTo(SchemaTables.options(KS, "shown"));
  }

  @Test
  void tellsAllContradictionsAtOnce() {
    assertRefused(
        "CREATE TABLE cass.constraints.bad (a INT, b INT, c INT, PRIMARY KEY (a, b),"
            + " CONSTRAINT u UNIQUE (c), CONSTRAINT positive CHECK (a > 0))"
            + " PARTITIONED BY (c) TBLPROPERTIES ('clustering_key'='b')",
        "PARTITIONED BY names 'c' but PRIMARY KEY names [a, b]",
        "PRIMARY KEY leaves [a, b] for the clustering key",
        "Cassandra has no constraint 'CONSTRAINT u UNIQUE (c)",
        "Cassandra has no constraint 'CONSTRAINT positive CHECK (a > 0)");
    assertRefused(
        "CREATE TABLE cass.constraints.bad (a INT, b INT REFERENCES cass.constraints.x (y))",
        "it has no partition key",
        "FOREIGN KEY");
    assertThat(SchemaTables.table(KS, "bad")).isNull();
  }

  @Test
  void changesNoConstraints() {
    sql("CREATE TABLE cass.constraints.kept (a INT PRIMARY KEY, v INT)");
    List<String> before = SchemaTables.columns(KS, "kept");
    assertRefused(
        "ALTER TABLE cass.constraints.kept ADD CONSTRAINT u UNIQUE (v)",
        "Cassandra knows no constraints but the primary key, which never changes: AddConstraint");
    assertRefused(
        "ALTER TABLE cass.constraints.kept ADD CONSTRAINT c CHECK (v > 0)",
        "Cassandra knows no constraints but the primary key");
    assertRefused(
        "ALTER TABLE cass.constraints.kept DROP CONSTRAINT primary_key",
        "Cassandra knows no constraints but the primary key, which never changes: DropConstraint");
    assertThat(SchemaTables.columns(KS, "kept")).isEqualTo(before);
    sql("INSERT INTO cass.constraints.kept VALUES (1, 2)");
    assertThat(sql("SELECT * FROM cass.constraints.kept")).isEqualTo("[[1,2]]");
  }

  @Test
  void listsTablesWithoutLoadingThem() throws ReflectiveOperationException {
    Cassandra.cql("CREATE TABLE constraints_too.listed (a int PRIMARY KEY, v int)");
    CassandraCatalog catalog = new CassandraCatalog();
    catalog.initialize(
        "listing",
        new CaseInsensitiveStringMap(Map.of("contact-points", Cassandra.CLUSTER.contactPoint())));
    Object[] summaries =
        (Object[])
            CassandraCatalog.class
                .getMethod("listTableSummaries", String[].class)
                .invoke(catalog, (Object) new String[] {"constraints_too"});
    assertThat(Arrays.toString(summaries)).contains("listed").contains("FOREIGN");
  }

  @Test
  @Needs(spark = "4.2", reason = "CREATE TABLE LIKE came to catalogs with Spark 4.2")
  void makesTablesLikeOthers() {
    Cassandra.cql("CREATE TYPE constraints.address (street text, zip int)");
    Cassandra.cql(
        "CREATE TABLE constraints.original (\"Id\" uuid, k int, at timestamp, s set<text>,"
            + " shop inet static, home frozen<address>, price decimal, l frozen<list<int>>,"
            + " m frozen<map<text, int>>, n map<text, frozen<set<int>>>,"
            + " PRIMARY KEY ((\"Id\", k), at)) WITH CLUSTERING ORDER BY (at DESC)"
            + " AND gc_grace_seconds = 99 AND comment = 'the first'"
            + " AND compaction = {'class': 'LeveledCompactionStrategy'}");
    sql("CREATE TABLE cass.constraints.copied LIKE cass.constraints.original");
    assertThat(SchemaTables.columns(KS, "copied")).isEqualTo(SchemaTables.columns(KS, "original"));
    assertThat(SchemaTables.options(KS, "copied")).isEqualTo(SchemaTables.options(KS, "original"));

    sql(
        "CREATE TABLE cass.constraints.changed LIKE cass.constraints.original"
            + " TBLPROPERTIES ('gc_grace_seconds'='11')");
    assertThat(SchemaTables.options(KS, "changed"))
        .containsEntry("gc_grace_seconds", "11")
        .containsEntry("comment", "the first");
    sql("CREATE TABLE IF NOT EXISTS cass.constraints.changed LIKE cass.constraints.original");
    assertThat(SchemaTables.options(KS, "changed")).containsEntry("gc_grace_seconds", "11");

    assertRefused(
        "CREATE TABLE cass.constraints_too.copied LIKE cass.constraints.original", "address");
    SPARK.range(1).selectExpr("id", "'x' AS v").createOrReplaceTempView("elsewhere");
    assertRefused(
        "CREATE TABLE cass.constraints.keyless LIKE elsewhere", "it has no partition key");
  }

  @Test
  void namesInPrimaryKeysAreComparedBySparksRule() {
    sql("CREATE TABLE cass.constraints.any_case (Id INT, Ck INT, v INT, PRIMARY KEY (ID, CK))");
    assertThat(SchemaTables.columns(KS, "any_case"))
        .containsExactly(
            "Ck int clustering 0 asc", "Id int partition_key 0 none", "v int regular -1 none");
  }
}
