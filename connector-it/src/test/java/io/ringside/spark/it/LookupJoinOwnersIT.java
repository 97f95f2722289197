// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ringside.spark.LookupJoin;
import io.ringside.spark.it.cassandra.CassandraNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A lookup join with many keys from a file and a table of three nodes: each key is asked of an
 * owner, no token range is read, and a node may die meanwhile. Larger by {@code
 * -Dlookup.partitions=5000000 -Dlookup.keys=1000000}.
 */
@Tag("alone")
@ExtendWith(ThreeNodes.class)
@TestMethodOrder(OrderAnnotation.class)
class LookupJoinOwnersIT {
  private static final long PARTITIONS = Long.getLong("lookup.partitions", 40_000);
  private static final long KEYS = Long.getLong("lookup.keys", 20_000);
  private static final long LOGGED_KEYS = 2_000;

  /** The keys of the table are multiples of it, so that some that are looked up are not there. */
  private static final long STEP = PARTITIONS / KEYS;

  @TempDir private static Path folder;

  @BeforeAll
  static void makeTable() {
    Metrics.addRegistry(new SimpleMeterRegistry());
    Cassandra.ddl(ThreeNodes.SESSION, "DROP KEYSPACE IF EXISTS owners");
    Cassandra.ddl(
        ThreeNodes.SESSION,
        "CREATE KEYSPACE owners WITH replication = {'class': 'NetworkTopologyStrategy',"
            + " 'datacenter1': 3}");
    Cassandra.ddl(ThreeNodes.SESSION, "CREATE TABLE owners.t (id bigint PRIMARY KEY, v text)");
    Spark.append(
        Spark.SESSION.range(PARTITIONS).selectExpr("id", "concat('v', id) AS v"),
        "owners",
        "t",
        options());
    ThreeNodes.CLUSTER.nodes().forEach(node -> node.flush("owners"));
    ThreeNodes.CLUSTER.nodes().forEach(CassandraNode::refreshSizeEstimates);
    // One key in ten is not in the table.
    Spark.SESSION
        .range(0, KEYS, 1, 4)
        .selectExpr("CASE WHEN id % 10 = 9 THEN -1 - id ELSE id * " + STEP + " END AS key")
        .write()
        .parquet(file());
  }

  private static String file() {
    return folder.resolve("keys").toString();
  }

  private static Map<String, String> options() {
    Map<String, String> options = new HashMap<>();
    options.put("contact-points", ThreeNodes.CLUSTER.contactPoint());
    // A session of its own: others may still wait to reconnect to a node that was away.
    options.put("connect-timeout", "13s");
    return options;
  }

  private static LookupJoin join(Dataset<Row> keys, Map<String, String> options) {
    return LookupJoin.of(keys).table("owners.t").options(options).on("key", "id");
  }

  /** Counts the keys that were found with their own value, and those that were not found. */
  private static void assertThatAllKeysAreLookedUp(Map<String, String> options) {
    Row counts =
        join(Spark.SESSION.read().parquet(file()), options)
            .leftOuter()
            .selectExpr(
                "count_if(v = concat('v', key))", "count_if(v IS NULL AND key < 0)", "count(*)")
            .first();
    long absent = KEYS / 10;
    assertThat(counts.toString())
        .isEqualTo(List.of(KEYS - absent, absent, KEYS).toString().replace(", ", ","));
  }

  @Test
  @Order(1)
  void asksAnOwnerOfEachKey() {
    long byOwners = ReadPages.byOwners();
    long byOthers = ReadPages.byOthers();
    assertThatAllKeysAreLookedUp(options());
    long pages = ReadPages.byOwners() - byOwners + ReadPages.byOthers() - byOthers;
    // Up to four keys of an owner in a request; fewer while there is room for more requests.
    assertThat(pages).isBetween(KEYS / 4, KEYS / 3);
    assertThat((double) (ReadPages.byOwners() - byOwners) / pages).isGreaterThanOrEqualTo(0.99);
  }

  @Test
  @Order(2)
  void sendsLookupsOnlyAndEachKeyOnce() {
    Map<String, String> logged = options();
    logged.put("driver-config", SentCql.driverConfig());
    try (SentCql sent = new SentCql()) {
      Dataset<Row> repeated =
          Spark.SESSION.range(0, 3 * LOGGED_KEYS, 1, 1).selectExpr("id div 3 AS key");
      assertThat(join(repeated, logged).inner().count()).isEqualTo(3 * LOGGED_KEYS);
      assertThat(sent.containing("owners.t WHERE"))
          .hasSizeBetween((int) LOGGED_KEYS / 4, (int) LOGGED_KEYS / 3)
          .allMatch(
              line ->
                  line.contains("SELECT v FROM owners.t WHERE id=?")
                      || line.contains("SELECT v,id FROM owners.t WHERE id IN ?"));
    }
  }

  @Test
  @Order(3)
  void losesNoRowWhenANodeDies() {
    Map<String, String> quorum = options();
    quorum.put("read.consistency", "local_quorum");
    // Ten seconds at least, so that the node dies while keys are looked up.
    quorum.put("read.rate-limit", KEYS / 10 + " rows");
    long before = ReadPages.byOwners();
    CompletableFuture<Void> join =
        CompletableFuture.runAsync(() -> assertThatAllKeysAreLookedUp(quorum));
    Cassandra.await(
        "a part of the keys", () -> ReadPages.byOwners() - before > KEYS / 10 || join.isDone());
    ThreeNodes.CLUSTER.node(2).kill();
    try {
      assertThat(join.isDone()).isFalse();
      join.join();
    } finally {
      ThreeNodes.CLUSTER.node(2).start();
    }
  }
}
