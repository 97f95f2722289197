// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static io.ringside.spark.it.SccSession.SPARK;
import static io.ringside.spark.it.SccSession.sql;

import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Examples of the DataStax connector's documents, version 3.5: keyspaces and tables. */
@Tag("matrix")
@ExtendWith(SccSession.class)
class SccSchemaIT {
  private static Stream<SccExample> quickStart() {
    return Stream.of(
        new SccExample(
            "quick start: a keyspace, a table, its contents",
            () ->
                sql(
                    "CREATE DATABASE IF NOT EXISTS cass100.scc_start WITH DBPROPERTIES"
                        + " (class='SimpleStrategy',replication_factor='1')",
                    "CREATE TABLE cass100.scc_start.testtab (key Int, value STRING) USING cassandra"
                        + " PARTITIONED BY (key)",
                    "SHOW TABLES FROM cass100.scc_start"),
            "[scc_start,testtab,false]"),
        new SccExample(
            "quick start: the keyspaces",
            () -> sql("SHOW NAMESPACES FROM cass100").where("namespace = 'scc'"),
            "[scc]"),
        new SccExample(
            "quick start: rows of range",
            () -> {
              try {
                SPARK
                    .range(1, 3)
                    .withColumnRenamed("id", "key")
                    .selectExpr("key", "cast(key AS string) AS value")
                    .writeTo("cass100.scc_start.testtab")
                    .append();
              } catch (NoSuchTableException e) {
                throw new IllegalStateException(e);
              }
              return SPARK.read().table("cass100.scc_start.testtab");
            },
            "[1,1]",
            "[2,2]"));
  }

  private static Stream<SccExample> keyspaces() {
    return Stream.of(
        new SccExample(
            "keyspaces: SimpleStrategy",
            () ->
                sql(
                    "CREATE DATABASE cass100.scc_simple WITH DBPROPERTIES (class='SimpleStrategy',"
                        + " replication_factor='5', durable_writes='true')",
                    replicationOf("scc_simple")),
            "[SimpleStrategy,5,null]"),
        new SccExample(
            "keyspaces: another factor",
            () ->
                sql(
                    "ALTER NAMESPACE cass100.scc_simple SET DBPROPERTIES (replication_factor='2')",
                    replicationOf("scc_simple")),
            "[SimpleStrategy,2,null]"),
        new SccExample(
            "keyspaces: NetworkTopologyStrategy",
            () ->
                sql(
                    "CREATE DATABASE IF NOT EXISTS cass100.scc_nts WITH DBPROPERTIES"
                        + " (class='NetworkTopologyStrategy', datacenter1='1')",
                    replicationOf("scc_nts")),
            "[NetworkTopologyStrategy,null,1]"));
  }

  private static Stream<SccExample> changedKeyspaces() {
    return Stream.of(
        new SccExample(
            "keyspaces: another factor of a data centre",
            () ->
                sql(
                    "ALTER NAMESPACE cass100.scc_nts SET DBPROPERTIES (datacenter1='2')",
                    replicationOf("scc_nts")),
            "[NetworkTopologyStrategy,null,2]"),
        new SccExample(
            "keyspaces: another class",
            () ->
                sql(
                    "ALTER NAMESPACE cass100.scc_nts SET DBPROPERTIES (class='SimpleStrategy',"
                        + " replication_factor='1')",
                    replicationOf("scc_nts")),
            "[SimpleStrategy,1,null]"));
  }

  private static Stream<SccExample> tables() {
    return Stream.of(
        new SccExample(
            "tables: keys, clustering order and options",
            () ->
                sql(
                    "CREATE TABLE cass100.scc.testTable (key_1 Int, key_2 Int, key_3 Int, cc1"
                        + " STRING, cc2 String, cc3 String, value String) USING cassandra"
                        + " PARTITIONED BY (key_1, key_2, key_3) TBLPROPERTIES"
                        + " (clustering_key='cc1.asc, cc2.desc, cc3.asc',"
                        + " compaction='{class=SizeTieredCompactionStrategy,bucket_high=1001}')",
                    "SHOW TBLPROPERTIES cass100.scc.testTable ('clustering_key')"),
            "[clustering_key,cc1 ASC, cc2 DESC, cc3 ASC]"),
        new SccExample(
            "tables: a new column",
            () ->
                sql(
                    "ALTER TABLE cass100.scc.testTable ADD COLUMNS (newCol INT)",
                    "SELECT newCol FROM cass100.scc.testTable")),
        new SccExample(
            "tables: another property",
            () ->
                sql(
                    "ALTER TABLE cass100.scc.testTable SET TBLPROPERTIES"
                        + " (gc_grace_seconds='22')",
                    "SHOW TBLPROPERTIES cass100.scc.testTable ('gc_grace_seconds')"),
            "[gc_grace_seconds,22]"));
  }

  private static Stream<SccExample> madeAndDroppedTables() {
    return Stream.of(
        new SccExample(
            "tables: as a query",
            () ->
                sql(
                    "CREATE TABLE cass100.scc.made USING cassandra PARTITIONED BY (k) AS SELECT k,"
                        + " v FROM cass100.scc.tab",
                    "SELECT * FROM cass100.scc.made"),
            "[1,10]",
            "[2,20]"),
        new SccExample(
            "tables: dropped where it is allowed",
            () ->
                sql(
                    "SET `spark.sql.catalog.cass200.catalog.allow-drop`=true",
                    "DROP TABLE cass200.scc.made",
                    "SHOW TABLES FROM cass100.scc LIKE 'made'")));
  }

  private static String replicationOf(String keyspace) {
    Cassandra.SESSION.refreshSchema();
    return "SELECT element_at(split(replication['class'], '[.]'), -1),"
        + " replication['replication_factor'], replication['datacenter1'] FROM"
        + " cass100.system_schema.keyspaces WHERE keyspace_name = '"
        + keyspace
        + "'";
  }

  static Stream<SccExample> examples() {
    return Stream.of(
            quickStart(), keyspaces(), changedKeyspaces(), tables(), madeAndDroppedTables())
        .flatMap(all -> all);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void worksAsItIs(SccExample example) {
    example.check();
  }
}
