// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The consistency level at which statements read the rows that they change. The keyspace should
 * have three replicas and the cluster has one node: what asks for more than one replica is refused
 * by Cassandra, which names the level that it was asked for.
 */
@Tag("matrix")
class RowLevelConsistencyIT {
  private static final String KS = "row_level_consistency";
  private static final SparkSession SPARK = Spark.SESSION;

  @BeforeAll
  static void makeTable() {
    Cassandra.cql("DROP KEYSPACE IF EXISTS " + KS);
    Cassandra.cql(
        "CREATE KEYSPACE %s WITH replication = {'class': 'NetworkTopologyStrategy', '%s': 3}"
            .formatted(KS, Cassandra.CLUSTER.localDatacenter()));
    Cassandra.cql("CREATE TABLE " + KS + ".t (k int, c int, v int, PRIMARY KEY (k, c))");
    catalog("asked", Map.of());
    catalog(
        "low", Map.of("row-level.read-consistency", "local_one", "write.consistency", "local_one"));
    catalog("low_read", Map.of("row-level.read-consistency", "local_one"));
    catalog("low_write", Map.of("write.consistency", "local_one"));
    catalog(
        "high_read", Map.of("row-level.read-consistency", "all", "write.consistency", "local_one"));
  }

  private static void catalog(String name, Map<String, String> options) {
    Map<String, String> all = new TreeMap<>(options);
    all.put("contact-points", Cassandra.CLUSTER.contactPoint());
    all.put("read.retry-time", "1s");
    all.put("write.retry-time", "1s");
    SPARK.conf().set("spark.sql.catalog." + name, "io.ringside.spark.CassandraCatalog");
    all.forEach(
        (option, value) -> SPARK.conf().set("spark.sql.catalog." + name + '.' + option, value));
  }

  @BeforeEach
  void fill() {
    Cassandra.cql("TRUNCATE " + KS + ".t");
    Cassandra.cql("INSERT INTO " + KS + ".t (k, c, v) VALUES (1, 1, 1)");
  }

  private static void run(String catalog, String statement) {
    SPARK.sql(statement.formatted(catalog + '.' + KS + ".t")).collect();
  }

  private static int rows() {
    return Cassandra.cql("SELECT * FROM " + KS + ".t").all().size();
  }

  @Test
  void aQueryReadsAtTheLevelOfQueries() {
    assertThat(SPARK.sql("SELECT * FROM asked.%s.t WHERE v = 1".formatted(KS)).collectAsList())
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM %s WHERE v = 1",
        "UPDATE %s SET v = 2 WHERE c = 1",
        "MERGE INTO %s t USING (SELECT 1 AS k, 1 AS c) s ON t.k = s.k AND t.c = s.c"
            + " WHEN MATCHED THEN UPDATE SET v = 2"
      })
  void aStatementReadsAtLocalQuorum(String statement) {
    assertThatThrownBy(() -> run("asked", statement))
        .hasStackTraceContaining("Cannot read " + KS + ".t")
        .hasStackTraceContaining("LOCAL_QUORUM");
    assertThat(rows()).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UPDATE %s SET v = 2 WHERE c = 1", MERGE})
  void aStatementReadsAtTheLevelThatItIsTold(String statement) {
    assertThatThrownBy(() -> run("high_read", statement))
        .hasStackTraceContaining("Cannot read " + KS + ".t")
        .hasStackTraceContaining("consistency ALL");
  }

  private static final String MERGE =
      "MERGE INTO %s t USING (SELECT 1 AS k, 1 AS c) s ON t.k = s.k AND t.c = s.c"
          + " WHEN MATCHED THEN UPDATE SET v = 2 WHEN NOT MATCHED THEN INSERT (k, c) VALUES (k, c)";

  @ParameterizedTest
  @ValueSource(strings = {"low", "low_read", "low_write"})
  void levelsThatNeedNotMeetAreRefusedForUpdates(String catalog) {
    assertThatThrownBy(() -> run(catalog, "UPDATE %s SET v = 2 WHERE v = 1"))
        .hasStackTraceContaining("Cannot update " + KS + ".t: its rows are read at LOCAL_")
        .hasStackTraceContaining("Set row-level.read-consistency or write.consistency");
  }

  @Test
  void levelsThatNeedNotMeetAreRefusedForMerges() {
    assertThatThrownBy(() -> run("low", MERGE))
        .hasStackTraceContaining(
            "Cannot merge into "
                + KS
                + ".t: its rows are read at LOCAL_ONE (1 of 3 replicas) and written at LOCAL_ONE (1"
                + " of 3), which need not meet");
  }

  @Test
  void aDeletionReadsAtTheLevelThatItIsTold() {
    run("low", "DELETE FROM %s WHERE v = 1");
    assertThat(rows()).isZero();
  }

  @Test
  void oneReplicaMeetsItself() {
    Cassandra.keyspace(KS + "_one");
    Cassandra.cql("CREATE TABLE " + KS + "_one.t (k int PRIMARY KEY, v int)");
    Cassandra.cql("INSERT INTO " + KS + "_one.t (k, v) VALUES (1, 1)");
    SPARK.sql("UPDATE low.%s_one.t SET v = 2 WHERE v = 1".formatted(KS));
    assertThat(Cassandra.cql("SELECT v FROM " + KS + "_one.t").one().getInt(0)).isEqualTo(2);
  }
}
