// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.ringside.spark.it.cassandra.CassandraNode;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * UPDATE, MERGE and DELETE with default options, while one of three replicas has missed what was
 * acknowledged at LOCAL_QUORUM: they decide by what is acknowledged, not by what that replica has.
 */
@Tag("alone")
@ExtendWith(ThreeNodes.class)
class StaleReplicaIT {
  private static final int ROWS = 40;
  private static final SparkSession SPARK = Spark.SESSION;

  @BeforeAll
  static void leaveAReplicaBehind() {
    Cassandra.ddl(
        ThreeNodes.SESSION,
        "CREATE KEYSPACE stale WITH replication = {'class': 'NetworkTopologyStrategy',"
            + " 'datacenter1': 3}");
    for (String table : List.of("updated", "merged", "deleted")) {
      Cassandra.ddl(
          ThreeNodes.SESSION, "CREATE TABLE stale.%s (k int PRIMARY KEY, v int)".formatted(table));
    }
    for (int k = 0; k < ROWS; k++) {
      write(ConsistencyLevel.ALL, "INSERT INTO stale.updated (k, v) VALUES (%d, 1)", k);
      write(ConsistencyLevel.ALL, "INSERT INTO stale.deleted (k, v) VALUES (%d, 1)", k);
    }
    CassandraNode behind = ThreeNodes.CLUSTER.node(2);
    keepHints(false);
    behind.kill();
    try {
      awaitTwoAlive();
      for (int k = 0; k < ROWS; k++) {
        write(ConsistencyLevel.LOCAL_QUORUM, "UPDATE stale.updated SET v = 2 WHERE k = %d", k);
        write(ConsistencyLevel.LOCAL_QUORUM, "UPDATE stale.deleted SET v = 2 WHERE k = %d", k);
        write(ConsistencyLevel.LOCAL_QUORUM, "INSERT INTO stale.merged (k, v) VALUES (%d, 5)", k);
      }
    } finally {
      behind.start();
      keepHints(true);
    }
    ThreeNodes.awaitAllAlive();
    SPARK.conf().set("spark.sql.catalog.stale_replica", "io.ringside.spark.CassandraCatalog");
    SPARK
        .conf()
        .set("spark.sql.catalog.stale_replica.contact-points", ThreeNodes.CLUSTER.contactPoint());
    assertThat(SstableDump.json(behind, "stale", "updated"))
        .as("what the replica has that was behind")
        .contains("\"value\" : 1")
        .doesNotContain("\"value\" : 2");
  }

  /** A coordinator that takes a node for alive keeps its writes until they expire or it is back. */
  private static void awaitTwoAlive() {
    for (int node = 0; node < 2; node++) {
      CassandraNode coordinator = ThreeNodes.CLUSTER.node(node);
      Cassandra.await(
          coordinator.host() + " takes two nodes for alive",
          () -> coordinator.liveNodes().size() == 2);
    }
  }

  @AfterAll
  static void drop() {
    Cassandra.ddl(ThreeNodes.SESSION, "DROP KEYSPACE stale");
  }

  /** Without hints a replica stays behind, as after an outage of hours. */
  private static void keepHints(boolean keep) {
    for (int node = 0; node < 2; node++) {
      ThreeNodes.CLUSTER.node(node).set("StorageProxy", "HintedHandoffEnabled", keep);
    }
  }

  private static void write(ConsistencyLevel level, String statement, int k) {
    ThreeNodes.SESSION.execute(
        SimpleStatement.newInstance(statement.formatted(k)).setConsistencyLevel(level));
  }

  private static List<Row> rows(String query) {
    return ThreeNodes.SESSION
        .execute(SimpleStatement.newInstance(query).setConsistencyLevel(ConsistencyLevel.ALL))
        .all();
  }

  @Test
  void anUpdateWritesWhatOneReplicaStillHas() {
    long start = TimeUnit.MILLISECONDS.toMicros(Instant.now().toEpochMilli());
    SPARK.sql("UPDATE stale_replica.stale.updated SET v = 1");
    assertThat(rows("SELECT v, writetime(v) FROM stale.updated"))
        .hasSize(ROWS)
        .allSatisfy(
            row -> {
              assertThat(row.getInt(0)).isOne();
              assertThat(row.getLong(1)).isGreaterThanOrEqualTo(start);
            });
  }

  @Test
  void aMergeFindsTheRowsThatOneReplicaHasMissed() {
    SPARK.range(ROWS).selectExpr("cast(id AS int) AS k").createOrReplaceTempView("stale_source");
    SPARK.sql(
        "MERGE INTO stale_replica.stale.merged t USING stale_source s ON t.k = s.k"
            + " WHEN MATCHED THEN UPDATE SET v = t.v + 1"
            + " WHEN NOT MATCHED THEN INSERT (k, v) VALUES (s.k, 0)");
    assertThat(rows("SELECT v FROM stale.merged"))
        .hasSize(ROWS)
        .allSatisfy(row -> assertThat(row.getInt(0)).isEqualTo(6));
  }

  @Test
  void aDeletionFindsTheValuesThatOneReplicaHasMissed() {
    SPARK.sql("DELETE FROM stale_replica.stale.deleted WHERE v = 2");
    assertThat(rows("SELECT k FROM stale.deleted")).isEmpty();
  }
}
