// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.TableAlreadyExistsException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Schema statements of Spark SQL, checked in Cassandra's own schema tables. */
@Tag("matrix")
class CatalogDdlIT {
  private static final String KS = "catalog_ddl";
  private static final SparkSession SPARK = Spark.SESSION;

  @BeforeAll
  static void makeKeyspace() {
    // A catalog that may drop; the one named cass may not.
    SPARK.conf().set("spark.sql.catalog.ddl", "io.ringside.spark.CassandraCatalog");
    SPARK.conf().set("spark.sql.catalog.ddl.contact-points", Cassandra.CLUSTER.contactPoint());
    SPARK.conf().set("spark.sql.catalog.ddl.catalog.allow-drop", "true");
    Cassandra.keyspace(KS);
    Cassandra.cql("CREATE TYPE " + KS + ".address (street text, zip int)");
  }

  private static Dataset<org.apache.spark.sql.Row> sql(String statement) {
    return SPARK.sql(statement);
  }

  private static List<String> column(Dataset<org.apache.spark.sql.Row> rows, int column) {
    return rows.collectAsList().stream().map(row -> String.valueOf(row.get(column))).toList();
  }

  private static Row keyspace(String name) {
    return Cassandra.cql("SELECT * FROM system_schema.keyspaces WHERE keyspace_name = ?", name)
        .one();
  }

  private static Row table(String name) {
    return SchemaTables.table(KS, name);
  }

  private static List<String> columns(String table) {
    return SchemaTables.columns(KS, table);
  }

  private static Map<String, String> options(String table) {
    return SchemaTables.options(KS, table);
  }

  @Test
  void makesChangesAndDropsKeyspaces() {
    sql("DROP NAMESPACE IF EXISTS ddl.ddl_a CASCADE");
    sql("CREATE NAMESPACE ddl.ddl_a");
    assertThat(keyspace("ddl_a").getMap("replication", String.class, String.class))
        .isEqualTo(
            Map.of(
                "class",
                "org.apache.cassandra.locator.NetworkTopologyStrategy",
                Cassandra.CLUSTER.localDatacenter(),
                "1"));
    sql("CREATE NAMESPACE IF NOT EXISTS ddl.ddl_a");
    assertThatThrownBy(() -> sql("CREATE NAMESPACE ddl.ddl_a")).hasMessageContaining("ddl_a");
    assertThat(column(sql("SHOW NAMESPACES IN ddl"), 0))
        .contains("ddl_a")
        .doesNotContain("system", "system_schema", "system_virtual_schema");

    sql(
        "ALTER NAMESPACE ddl.ddl_a SET DBPROPERTIES ('durable_writes'='false',"
            + " 'replication.class'='SimpleStrategy', 'replication.replication_factor'='1')");
    assertThat(keyspace("ddl_a").getBoolean("durable_writes")).isFalse();
    assertThat(keyspace("ddl_a").getMap("replication", String.class, String.class))
        .isEqualTo(
            Map.of(
                "class", "org.apache.cassandra.locator.SimpleStrategy", "replication_factor", "1"));
    assertThat(sql("DESCRIBE NAMESPACE EXTENDED ddl.ddl_a").collectAsList().toString())
        .contains("(durable_writes,false)")
        .contains("(replication.replication_factor,1)");

    sql("CREATE TABLE ddl.ddl_a.t (id INT) PARTITIONED BY (id)");
    assertThatThrownBy(() -> sql("DROP NAMESPACE ddl.ddl_a")).hasMessageContaining("ddl_a");
    assertThat(keyspace("ddl_a")).isNotNull();
    sql("DROP NAMESPACE ddl.ddl_a CASCADE");
    assertThat(keyspace("ddl_a")).isNull();
    sql("DROP NAMESPACE IF EXISTS ddl.ddl_a");
    assertThatThrownBy(() -> sql("DROP NAMESPACE ddl.ddl_a")).hasMessageContaining("ddl_a");
  }

  @Test
  void makesKeyspacesWithProperties() {
    sql("DROP NAMESPACE IF EXISTS ddl.ddl_b");
    sql(
        "CREATE NAMESPACE ddl.ddl_b WITH DBPROPERTIES ('durable_writes'='false', 'replication'="
            + "\"{'class': 'SimpleStrategy', 'replication_factor': 1}\")");
    assertThat(keyspace("ddl_b").getBoolean("durable_writes")).isFalse();
    sql("DROP NAMESPACE ddl.ddl_b");
    assertThat(keyspace("ddl_b")).isNull();
    assertThatThrownBy(
            () -> sql("CREATE NAMESPACE ddl.ddl_b COMMENT 'no' WITH DBPROPERTIES ('x'='y')"))
        .hasMessageContaining("Cannot create keyspace ddl_b: 'comment' is not a property")
        .hasMessageContaining("'x' is not a property");
    assertThat(keyspace("ddl_b")).isNull();
  }

  @Test
  void makesATableOfEveryKindOfColumn() {
    sql(
        "CREATE TABLE ddl.catalog_ddl.wide ( tenant STRING COMMENT 'cql: uuid', day DATE, at"
            + " TIMESTAMP, seq INT, owner STRING COMMENT 'cql: inet static', a ARRAY<STRING>, b"
            + " ARRAY<STRING> COMMENT 'cql: set<text>', c MAP<STRING, ARRAY<INT>>, d STRUCT<`0`:"
            + " INT, `1`: STRING> COMMENT 'cql: tuple<int, text>', e STRUCT<street: STRING, zip:"
            + " INT> COMMENT 'cql: address', f ARRAY<STRING>, g DECIMAL(10, 2), h DECIMAL(38, 0)"
            + " COMMENT 'cql: varint', i BIGINT COMMENT 'cql: time', j STRING COMMENT 'cql:"
            + " duration', k BINARY, l BOOLEAN, m TINYINT, n SMALLINT, o FLOAT, p DOUBLE, q STRING"
            + " COMMENT 'cql: ascii') USING cassandra PARTITIONED BY (tenant, day) COMMENT 'it\\'s"
            + " wide' TBLPROPERTIES ('clustering_key'='at DESC, seq',"
            + " 'cql.type.f'='frozen<set<uuid>>', 'gc_grace_seconds'='3600',"
            + " 'default_time_to_live'='60', 'compaction'='{class=LeveledCompactionStrategy,"
            + " sstable_size_in_mb=32}', 'compression'=\"{'enabled': 'false'}\","
            + " 'caching'=\"{'keys': 'NONE'}\")");
    assertThat(columns("wide"))
        .containsExactly(
            "a list<text> regular -1 none",
            "at timestamp clustering 0 desc",
            "b set<text> regular -1 none",
            "c map<text, frozen<list<int>>> regular -1 none",
            "d frozen<tuple<int, text>> regular -1 none",
            "day date partition_key 1 none",
            "e address regular -1 none",
            "f frozen<set<uuid>> regular -1 none",
            "g decimal regular -1 none",
            "h varint regular -1 none",
            "i time regular -1 none",
            "j duration regular -1 none",
            "k blob regular -1 none",
            "l boolean regular -1 none",
            "m tinyint regular -1 none",
            "n smallint regular -1 none",
            "o float regular -1 none",
            "owner inet static -1 none",
            "p double regular -1 none",
            "q ascii regular -1 none",
            "seq int clustering 1 asc",
            "tenant uuid partition_key 0 none");
    Row table = Objects.requireNonNull(table("wide"));
    assertThat(table.getString("comment")).isEqualTo("it's wide");
    assertThat(table.getInt("gc_grace_seconds")).isEqualTo(3600);
    assertThat(table.getInt("default_time_to_live")).isEqualTo(60);
    assertThat(table.getMap("compaction", String.class, String.class))
        .containsEntry("class", "org.apache.cassandra.db.compaction.LeveledCompactionStrategy")
        .containsEntry("sstable_size_in_mb", "32");
    assertThat(table.getMap("compression", String.class, String.class))
        .containsEntry("enabled", "false");
    assertThat(table.getMap("caching", String.class, String.class)).containsEntry("keys", "NONE");

    // What Spark shows of it makes it again.
    String create = column(sql("SHOW CREATE TABLE ddl.catalog_ddl.wide"), 0).get(0);
    String again =
        create.replaceFirst("CREATE TABLE \\S*wide\\S*", "CREATE TABLE ddl.catalog_ddl.wide2");
    assertThat(again).contains("ddl.catalog_ddl.wide2").isNotEqualTo(create);
    sql(again);
    assertThat(columns("wide2")).isEqualTo(columns("wide"));
    assertThat(options("wide2")).isEqualTo(options("wide"));

    assertThat(sql("DESCRIBE ddl.catalog_ddl.wide").collectAsList().toString())
        .contains("[tenant,string,cql: uuid]", "[f,array<string>,cql: frozen<set<uuid>>]");
    sql("DROP TABLE ddl.catalog_ddl.wide");
    assertThat(table("wide")).isNull();
    sql("DROP TABLE IF EXISTS ddl.catalog_ddl.wide");
  }

  @Test
  void takesClusteringColumnsFromBuckets() {
    sql(
        "CREATE TABLE ddl.catalog_ddl.bucketed (id INT, a INT, b INT, v STRING)"
            + " PARTITIONED BY (id) CLUSTERED BY (b, a) SORTED BY (b, a) INTO 1 BUCKETS");
    assertThat(columns("bucketed"))
        .containsExactly(
            "a int clustering 1 asc",
            "b int clustering 0 asc",
            "id int partition_key 0 none",
            "v text regular -1 none");
    assertThat(sql("DESCRIBE EXTENDED ddl.catalog_ddl.bucketed").collectAsList().toString())
        .contains("clustering_key=b ASC, a ASC", "gc_grace_seconds=864000", "cassandra");
    sql("CREATE TABLE IF NOT EXISTS ddl.catalog_ddl.bucketed (id INT) PARTITIONED BY (id)");
    assertThatThrownBy(
            () -> sql("CREATE TABLE ddl.catalog_ddl.bucketed (id INT) PARTITIONED BY (id)"))
        .hasMessageContaining("bucketed");
    assertThat(columns("bucketed")).hasSize(4);
  }

  @Test
  void makesNoTableThatIsWrong() {
    assertThatThrownBy(
            () ->
                sql(
                    "CREATE TABLE ddl.catalog_ddl.wrong (id STRING, s STRUCT<a: INT>,"
                        + " v VARCHAR(3)) TBLPROPERTIES ('compactoin'='x')"))
        .hasMessageContaining("it has no partition key")
        .hasMessageContaining("a struct may become a tuple or a user-defined type")
        .hasMessageContaining("Cassandra keeps no length")
        .hasMessageContaining("did you mean 'compaction'");
    assertThat(table("wrong")).isNull();
    assertThatThrownBy(() -> sql("CREATE TABLE ddl.nowhere.t (id INT) PARTITIONED BY (id)"))
        .hasMessageContaining("nowhere");
    assertThatThrownBy(
            () ->
                sql(
                    "CREATE TABLE ddl.catalog_ddl.wrong (id INT) PARTITIONED BY (id)"
                        + " TBLPROPERTIES ('gc_grace_seconds'='-7')"))
        .hasMessageContaining("Cannot create table catalog_ddl.wrong: ")
        .hasMessageContaining("[DDL_FAILED]");
    if (!Spark.version().atLeast("4.1")) {
      // Primary keys as constraints: not even parsed, never ignored.
      assertThatThrownBy(
              () ->
                  sql("CREATE TABLE ddl.catalog_ddl.wrong (id INT, CONSTRAINT k PRIMARY KEY (id))"))
          .isNotNull();
    }
    assertThat(table("wrong")).isNull();
  }

  @Test
  void makesATableOfAQuery() throws Exception {
    sql(
        "CREATE TABLE ddl.catalog_ddl.source (id STRING COMMENT 'cql: uuid', n INT, z STRING, a"
            + " STRING) PARTITIONED BY (id)");
    sql(
        "INSERT INTO ddl.catalog_ddl.source BY NAME SELECT uuid() AS id, cast(id AS int) AS n,"
            + " concat('z', id) AS z, concat('a', id) AS a FROM range(50)");
    sql(
        "CREATE TABLE ddl.catalog_ddl.target PARTITIONED BY (n) TBLPROPERTIES"
            + " ('clustering_key'='id') AS SELECT z, n, a, id FROM ddl.catalog_ddl.source");
    assertThat(columns("target"))
        .containsExactly(
            "a text regular -1 none",
            "id uuid clustering 0 asc",
            "n int partition_key 0 none",
            "z text regular -1 none");
    assertThat(
            Cassandra.cql("SELECT n, z, a FROM catalog_ddl.target").all().stream()
                .filter(
                    row ->
                        ("z" + row.getInt("n")).equals(row.getString("z"))
                            && ("a" + row.getInt("n")).equals(row.getString("a"))))
        .hasSize(50);
    assertThatThrownBy(
            () ->
                sql(
                    "CREATE TABLE ddl.catalog_ddl.failing PARTITIONED BY (id) AS"
                        + " SELECT id, if(id = 3, raise_error('no'), 'x') AS v FROM range(5)"))
        .isNotNull();
    assertThat(table("failing")).isNull();
  }

  @Test
  @Needs(
      spark = "4.0",
      reason = "DataFrameWriterV2.partitionedBy of Spark 3.5 wants a Scala Seq from Java")
  void createsByWriter() throws TableAlreadyExistsException {
    SPARK
        .range(10)
        .selectExpr("id AS k", "cast(id AS string) AS v")
        .writeTo("ddl.catalog_ddl.by_writer")
        .tableProperty("cql.type.v", "ascii")
        .partitionedBy(org.apache.spark.sql.functions.col("k"))
        .create();
    assertThat(columns("by_writer"))
        .containsExactly("k bigint partition_key 0 none", "v ascii regular -1 none");
  }

  @Test
  void neverReplacesATable() {
    sql("CREATE TABLE ddl.catalog_ddl.kept (id INT, v INT) PARTITIONED BY (id)");
    Cassandra.cql("INSERT INTO catalog_ddl.kept (id, v) VALUES (1, 1)");
    for (String statement :
        List.of(
            "REPLACE TABLE ddl.catalog_ddl.kept (id INT) PARTITIONED BY (id)",
            "CREATE OR REPLACE TABLE ddl.catalog_ddl.kept (id INT) PARTITIONED BY (id)",
            "CREATE OR REPLACE TABLE ddl.catalog_ddl.kept PARTITIONED BY (id) AS SELECT 1 AS id")) {
      assertThatThrownBy(() -> sql(statement))
          .hasStackTraceContaining("Cannot replace table catalog_ddl.kept");
    }
    assertThatThrownBy(
            () ->
                SPARK
                    .range(1)
                    .write()
                    .mode("overwrite")
                    .partitionBy("id")
                    .saveAsTable("ddl.catalog_ddl.kept"))
        .isNotNull();
    assertThatThrownBy(
            () -> sql("ALTER TABLE ddl.catalog_ddl.kept RENAME TO catalog_ddl.elsewhere"))
        .hasStackTraceContaining("Cannot rename table catalog_ddl.kept");
    assertThat(Cassandra.cql("SELECT v FROM catalog_ddl.kept").one().getInt(0)).isEqualTo(1);
  }

  @Test
  void altersTables() {
    sql(
        "CREATE TABLE ddl.catalog_ddl.altered (id INT, ck INT, v STRING) PARTITIONED BY (id)"
            + " TBLPROPERTIES ('clustering_key'='ck DESC')");
    sql(
        "ALTER TABLE ddl.catalog_ddl.altered ADD COLUMNS (w BIGINT,"
            + " tags ARRAY<STRING> COMMENT 'cql: set<text>', s STRING COMMENT 'cql: static')");
    sql("ALTER TABLE ddl.catalog_ddl.altered DROP COLUMN v");
    sql("ALTER TABLE ddl.catalog_ddl.altered RENAME COLUMN ck TO `Clustering Key`");
    assertThat(columns("altered"))
        .containsExactly(
            "Clustering Key int clustering 0 desc",
            "id int partition_key 0 none",
            "s text static -1 none",
            "tags set<text> regular -1 none",
            "w bigint regular -1 none");
    assertThat(SPARK.table("ddl.catalog_ddl.altered").columns())
        .contains("Clustering Key", "w", "s");
    sql(
        "ALTER TABLE ddl.catalog_ddl.altered SET TBLPROPERTIES ('gc_grace_seconds'='7',"
            + " 'comment'='new')");
    assertThat(table("altered").getInt("gc_grace_seconds")).isEqualTo(7);
    assertThat(table("altered").getString("comment")).isEqualTo("new");
    sql("ALTER TABLE ddl.catalog_ddl.altered UNSET TBLPROPERTIES ('gc_grace_seconds')");
    assertThat(table("altered").getInt("gc_grace_seconds")).isEqualTo(864_000);
    sql("COMMENT ON TABLE ddl.catalog_ddl.altered IS 'newer'");
    assertThat(table("altered").getString("comment")).isEqualTo("newer");

    List<String> before = columns("altered");
    for (String change :
        List.of(
            "ALTER COLUMN w TYPE DECIMAL(20, 0)",
            "RENAME COLUMN w TO x",
            "DROP COLUMN id",
            "ADD COLUMN y VARCHAR(3)",
            "ADD COLUMN y INT FIRST",
            "ADD COLUMN y BIGINT COMMENT 'cql: counter'",
            "SET TBLPROPERTIES ('clustering_key'='w')",
            "REPLACE COLUMNS (id INT, y INT)")) {
      assertThatThrownBy(() -> sql("ALTER TABLE ddl.catalog_ddl.altered " + change))
          .as(change)
          .isNotNull();
    }
    assertThat(columns("altered")).isEqualTo(before);
  }

  @Test
  void dropsNothingUnlessAllowed() {
    sql("CREATE TABLE cass.catalog_ddl.precious (id INT, v INT) PARTITIONED BY (id)");
    for (String statement :
        List.of(
            "DROP TABLE cass.catalog_ddl.precious",
            "DROP NAMESPACE cass.catalog_ddl CASCADE",
            "ALTER TABLE cass.catalog_ddl.precious DROP COLUMN v")) {
      assertThatThrownBy(() -> sql(statement))
          .as(statement)
          .hasStackTraceContaining("this catalog drops nothing")
          .hasStackTraceContaining("run SET `spark.sql.catalog.cass.catalog.allow-drop`=true.");
    }
    assertThat(columns("precious")).hasSize(2);
    sql("SET `spark.sql.catalog.cass.catalog.allow-drop`=true");
    try {
      sql("ALTER TABLE cass.catalog_ddl.precious DROP COLUMN v");
    } finally {
      sql("RESET `spark.sql.catalog.cass.catalog.allow-drop`");
    }
    assertThat(columns("precious")).hasSize(1);
    // An option that was set before the catalog was first used is taken back as well.
    sql("SET spark.sql.catalog.late=io.ringside.spark.CassandraCatalog");
    sql("SET `spark.sql.catalog.late.contact-points`=" + Cassandra.CLUSTER.contactPoint());
    sql("SET `spark.sql.catalog.late.catalog.allow-drop`=true");
    sql("CREATE TABLE late.catalog_ddl.brief (id INT) PARTITIONED BY (id)");
    sql("RESET `spark.sql.catalog.late.catalog.allow-drop`");
    assertThatThrownBy(() -> sql("DROP TABLE late.catalog_ddl.brief"))
        .hasStackTraceContaining("`spark.sql.catalog.late.catalog.allow-drop`");
    assertThatThrownBy(() -> sql("DROP TABLE cass.catalog_ddl.precious"))
        .hasStackTraceContaining("this catalog drops nothing");
  }

  @Test
  void makesAndDropsIndexes() {
    sql(
        "CREATE TABLE ddl.catalog_ddl.indexed (id INT, name STRING, n INT, tags MAP<STRING, INT>)"
            + " PARTITIONED BY (id)");
    sql("CREATE INDEX by_name ON ddl.catalog_ddl.indexed (name)");
    sql("CREATE INDEX `By_Tag` ON ddl.catalog_ddl.indexed (tags OPTIONS (target='keys'))");
    List<String> made = new ArrayList<>(List.of("by_name", "By_Tag"));
    if (Cassandra.version().atLeast("5.0")) {
      sql("CREATE INDEX by_n ON ddl.catalog_ddl.indexed USING sai (n)");
      made.add("by_n");
    }
    assertThat(indexes()).containsExactlyInAnyOrderElementsOf(made);
    sql("CREATE INDEX IF NOT EXISTS by_name ON ddl.catalog_ddl.indexed (name)");
    assertThatThrownBy(() -> sql("CREATE INDEX by_name ON ddl.catalog_ddl.indexed (n)"))
        .hasMessageContaining("by_name");
    sql("DROP INDEX by_name ON ddl.catalog_ddl.indexed");
    sql("DROP INDEX IF EXISTS by_name ON ddl.catalog_ddl.indexed");
    assertThatThrownBy(() -> sql("DROP INDEX by_name ON ddl.catalog_ddl.indexed"))
        .hasMessageContaining("by_name");
    made.remove("by_name");
    assertThat(indexes()).containsExactlyInAnyOrderElementsOf(made);
  }

  private static List<String> indexes() {
    return Cassandra.cql(
            "SELECT index_name FROM system_schema.indexes WHERE keyspace_name = ?"
                + " AND table_name = 'indexed'",
            KS)
        .all()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  /**
   * Spark 4.1 fills columns that the data leaves out with nulls, which leave cells as they are;
   * older ones refuse it.
   */
  @Test
  void keepsCellsOfColumnsLeftOut() {
    Cassandra.cql("CREATE TABLE catalog_ddl.filled (id int PRIMARY KEY, n int, v text)");
    Cassandra.cql("INSERT INTO catalog_ddl.filled (id, n, v) VALUES (1, 2, 'kept')");
    String insert = "INSERT INTO ddl.catalog_ddl.filled BY NAME SELECT 1 AS id, 3 AS n";
    boolean fills = Spark.version().atLeast("4.1");
    if (fills) {
      sql(insert);
    } else {
      assertThatThrownBy(() -> sql(insert)).hasMessageContaining("`v`");
    }
    assertThatThrownBy(
            () -> sql("INSERT INTO ddl.catalog_ddl.filled BY NAME SELECT 3 AS n, 'lost' AS v"))
        .hasStackTraceContaining(
            fills ? "column 'id' is part of the primary key but null in a row" : "`id`");
    Row row = Objects.requireNonNull(Cassandra.cql("SELECT * FROM catalog_ddl.filled").one());
    assertThat(row.getInt("n")).isEqualTo(fills ? 3 : 2);
    assertThat(row.getString("v")).isEqualTo("kept");
  }

  @Test
  void showsTablesAndMaterializedViews() {
    sql("CREATE TABLE ddl.catalog_ddl.base (id INT, v INT) PARTITIONED BY (id)");
    sql("INSERT INTO ddl.catalog_ddl.base VALUES (1, 7)");
    Cassandra.cql(
        "CREATE MATERIALIZED VIEW catalog_ddl.base_by_v AS SELECT * FROM catalog_ddl.base"
            + " WHERE v IS NOT NULL AND id IS NOT NULL PRIMARY KEY (v, id)");
    Cassandra.await(
        "Cassandra fills the view",
        () -> Cassandra.cql("SELECT * FROM catalog_ddl.base_by_v").one() != null);
    assertThat(sql("SELECT * FROM ddl.catalog_ddl.base_by_v WHERE v = 7").count()).isOne();
    assertThat(column(sql("SHOW TABLES IN ddl.catalog_ddl"), 1)).contains("base", "base_by_v");
    assertThatThrownBy(() -> sql("DROP TABLE ddl.catalog_ddl.base_by_v"))
        .hasMessageContaining("it is a materialized view");
    assertThatThrownBy(() -> sql("ALTER TABLE ddl.catalog_ddl.base_by_v ADD COLUMN x INT"))
        .hasMessageContaining("it is a materialized view");
  }

  @Test
  void readsTablesOfTheSystem() {
    assertThat(column(sql("SELECT key FROM ddl.system.local"), 0)).containsExactly("local");
    assertThat(
            column(
                sql(
                    "SELECT count(*) FROM ddl.system_schema.keyspaces WHERE keyspace_name = '"
                        + KS
                        + "'"),
                0))
        .containsExactly("1");
    long settings = Cassandra.cql("SELECT * FROM system_views.settings").all().size();
    assertThat(sql("SELECT name, value FROM ddl.system_views.settings").collectAsList())
        .hasSize((int) settings)
        .anyMatch(row -> row.getString(0).equals("cluster_name"));
    assertThatThrownBy(
            () -> sql("INSERT INTO ddl.system_views.settings SELECT 'a' AS name, 'b' AS value"))
        .hasMessageContaining("it is a virtual");
    assertThatThrownBy(() -> sql("ALTER TABLE ddl.system.local ADD COLUMN x INT"))
        .hasMessageContaining("it is a table of one node");
  }

  @Test
  void leavesFormatAloneWithoutATable() {
    assertThatThrownBy(
            () ->
                SPARK
                    .range(1)
                    .write()
                    .format("cassandra")
                    .option("keyspace", KS)
                    .option("table", "absent")
                    .partitionBy("id")
                    .save())
        .hasStackTraceContaining("format(\"cassandra\") makes no tables");
    assertThat(table("absent")).isNull();
  }

  @Test
  void showCreateTableKeepsWhatIsFrozen() {
    Cassandra.cql(
        "CREATE TABLE catalog_ddl.frozen_all (id int PRIMARY KEY, l frozen<list<int>>,"
            + " m frozen<map<text, int>>, s frozen<set<text>>, a frozen<address>,"
            + " n list<frozen<map<text, int>>>, plain list<int>)");
    sql("SHOW CREATE TABLE cass.catalog_ddl.frozen_all").collectAsList();
    String statement =
        column(sql("SHOW CREATE TABLE cass.catalog_ddl.frozen_all"), 0)
            .get(0)
            .replace("cass.catalog_ddl.frozen_all", "ddl.catalog_ddl.frozen_again")
            .replace("catalog_ddl.frozen_all", "ddl.catalog_ddl.frozen_again")
            .replace("ddl.ddl.", "ddl.");
    sql(statement);
    assertThat(columns("frozen_again")).isEqualTo(columns("frozen_all"));
  }

  @Test
  void aTableOfAQueryKeepsWhatIsFrozen() {
    Cassandra.cql(
        "CREATE TABLE catalog_ddl.frozen_source (id int PRIMARY KEY, l frozen<list<int>>,"
            + " m frozen<map<text, int>>, s set<text>, t tuple<int, text>)");
    sql(
        "CREATE TABLE ddl.catalog_ddl.frozen_copy PARTITIONED BY (id)"
            + " AS SELECT * FROM cass.catalog_ddl.frozen_source");
    assertThat(columns("frozen_copy")).isEqualTo(columns("frozen_source"));
  }

  @Test
  void aTableOfAQueryTakesAStaticColumn() {
    Cassandra.cql(
        "CREATE TABLE catalog_ddl.with_static (k int, c int, s set<text> static, t text static,"
            + " v int, PRIMARY KEY (k, c))");
    sql(
        "CREATE TABLE ddl.catalog_ddl.no_static PARTITIONED BY (k)"
            + " AS SELECT k, s, t, v FROM cass.catalog_ddl.with_static");
    sql(
        "CREATE TABLE ddl.catalog_ddl.static_as_key PARTITIONED BY (t)"
            + " AS SELECT t, v FROM cass.catalog_ddl.with_static");
    sql(
        "CREATE TABLE ddl.catalog_ddl.still_static PARTITIONED BY (k)"
            + " TBLPROPERTIES ('clustering_key'='c')"
            + " AS SELECT * FROM cass.catalog_ddl.with_static");
    assertThat(columns("no_static"))
        .containsExactly(
            "k int partition_key 0 none",
            "s set<text> regular -1 none",
            "t text regular -1 none",
            "v int regular -1 none");
    assertThat(columns("static_as_key"))
        .containsExactly("t text partition_key 0 none", "v int regular -1 none");
    assertThat(columns("still_static")).isEqualTo(columns("with_static"));
  }

  @Test
  void aStaticColumnWithoutClusteringColumnsIsStillRefused() {
    assertThatThrownBy(
            () ->
                sql(
                    "CREATE TABLE ddl.catalog_ddl.refused (k INT, s INT COMMENT 'cql: static')"
                        + " PARTITIONED BY (k)"))
        .hasStackTraceContaining("column 's' is static");
  }

  @Test
  void namesOfTheKeyAreComparedBySparksRule() {
    sql(
        "CREATE TABLE ddl.catalog_ddl.any_case (Id INT, Ck INT, V STRING) PARTITIONED BY (ID)"
            + " TBLPROPERTIES ('clustering_key'='CK DESC', 'cql.type.v'='ascii')");
    assertThat(columns("any_case"))
        .containsExactly(
            "Ck int clustering 0 desc", "Id int partition_key 0 none", "V ascii regular -1 none");
  }

  @Test
  void namesOfTheKeyAreExactWhereSparkSaysSo() {
    SPARK.conf().set("spark.sql.caseSensitive", "true");
    try {
      assertThatThrownBy(
              () ->
                  sql(
                      "CREATE TABLE ddl.catalog_ddl.exact (Id INT, Ck INT) PARTITIONED BY (Id)"
                          + " TBLPROPERTIES ('clustering_key'='CK')"))
          .hasStackTraceContaining("the primary key names 'CK' but the columns are [Id, Ck]");
    } finally {
      SPARK.conf().unset("spark.sql.caseSensitive");
    }
  }

  @Test
  void namesOfIndexedAndChangedColumnsAreComparedBySparksRule() {
    sql("CREATE TABLE ddl.catalog_ddl.changed_case (Id INT, Val INT) PARTITIONED BY (id)");
    sql("CREATE INDEX by_val ON ddl.catalog_ddl.changed_case (VAL)");
    sql("ALTER TABLE ddl.catalog_ddl.changed_case RENAME COLUMN ID TO Key");
    assertThat(columns("changed_case"))
        .containsExactly("Key int partition_key 0 none", "Val int regular -1 none");
  }
}
