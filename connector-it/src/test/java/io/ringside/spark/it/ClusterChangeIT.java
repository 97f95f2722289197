// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ringside.spark.it.cassandra.CassandraCluster;
import io.ringside.spark.it.cassandra.CassandraClusters;
import io.ringside.spark.it.cassandra.ClusterSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.logging.log4j.Level;
import org.apache.spark.sql.SaveMode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Jobs during which the cluster changes, with one replica of each row: a node is away while a table
 * is truncated, a node leaves, another joins, the replication changes. Every row is read once and
 * written, without a failed task (the tests' Spark does not try a task twice).
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterChangeIT {
  private static final int ROWS = 40_000;
  private static final String RATE = "4000 rows";
  private static final CassandraCluster CLUSTER =
      CassandraClusters.start(
          ClusterSpec.nodes("moving", 2)
              .withHeapMegabytes(512)
              .withSetting("truncate_request_timeout_in_ms", "5000"));
  private static final CqlSession SESSION = Cassandra.open(CLUSTER);

  @BeforeAll
  static void load() {
    Metrics.addRegistry(new SimpleMeterRegistry());
    Cassandra.ddl(
        SESSION,
        "CREATE KEYSPACE moving WITH replication = {'class': 'NetworkTopologyStrategy',"
            + " 'datacenter1': 1}");
    Cassandra.ddl(SESSION, "CREATE TABLE moving.t (id bigint PRIMARY KEY, v text)");
    Cassandra.ddl(SESSION, "CREATE TABLE moving.left_meanwhile (id bigint PRIMARY KEY, v text)");
    Cassandra.ddl(SESSION, "CREATE TABLE moving.joined_meanwhile (id bigint PRIMARY KEY, v text)");
    // A row that the job that truncates removes.
    SESSION.execute("INSERT INTO moving.t (id, v) VALUES (-1, 'v0')");
  }

  @AfterAll
  static void stop() {
    SESSION.close();
    CLUSTER.close();
  }

  private static Map<String, String> options(String table) {
    Map<String, String> options = new HashMap<>();
    options.put("contact-points", CLUSTER.contactPoint());
    options.put("keyspace", "moving");
    options.put("table", table);
    return options;
  }

  private static void write(String table, Map<String, String> more) {
    write(table, SaveMode.Append, more);
  }

  private static void write(String table, SaveMode mode, Map<String, String> more) {
    Spark.SESSION
        .range(ROWS)
        .selectExpr("id", "concat('v', id) AS v")
        .write()
        .format("cassandra")
        .options(options(table))
        .options(more)
        .mode(mode)
        .save();
  }

  private static void assertThatAllRowsAreRead(String table, Map<String, String> more) {
    assertThat(
            Spark.SESSION
                .read()
                .format("cassandra")
                .options(options(table))
                .options(more)
                .load()
                .selectExpr("count(v)", "count(DISTINCT id)", "sum(cast(substr(v, 2) AS bigint))")
                .first()
                .mkString(" "))
        .isEqualTo("%1$d %1$d %2$d".formatted(ROWS, (long) ROWS * (ROWS - 1) / 2));
  }

  private static double count(String meter) {
    Counter counter = Metrics.globalRegistry.find(meter).counter();
    return counter == null ? 0 : counter.count();
  }

  /** A job of which a part is done. */
  private static CompletableFuture<Void> begin(String meter, Runnable job) {
    double before = count(meter);
    CompletableFuture<Void> running = CompletableFuture.runAsync(job);
    Cassandra.await("a part of the job", () -> count(meter) > before || running.isDone());
    assertThat(running.isDone()).isFalse();
    return running;
  }

  private static CompletableFuture<Void> beginToRead() {
    return begin(
        "ringside.read.rows",
        () ->
            assertThatAllRowsAreRead("t", Map.of("read.rate-limit", RATE, "read.page-size", "8k")));
  }

  private static CompletableFuture<Void> beginToWrite(String table) {
    return begin("ringside.write.rows", () -> write(table, Map.of("write.rate-limit", RATE)));
  }

  private static void replicate(String keyspace, int replicas) {
    Cassandra.ddl(
        SESSION,
        "ALTER KEYSPACE %s WITH replication = {'class': 'NetworkTopologyStrategy', '%s': %d}"
            .formatted(keyspace, CLUSTER.localDatacenter(), replicas));
  }

  private static long peers() {
    long peers = 0;
    for (Row row : SESSION.execute("SELECT tokens FROM system.peers")) {
      peers += row.isNull(0) ? 0 : 1;
    }
    return peers;
  }

  @Test
  @Order(0)
  void truncatesOnceADeadNodeIsBack() {
    Map<String, String> overwrite = Map.of("confirm-truncate", "true");
    CompletableFuture<Void> job;
    CLUSTER.node(1).kill();
    try (CapturedLog log = new CapturedLog(Level.WARN)) {
      job = CompletableFuture.runAsync(() -> write("t", SaveMode.Overwrite, overwrite));
      Cassandra.await(
          "a truncation that fails",
          () ->
              job.isDone()
                  || log.lines().stream()
                      .anyMatch(line -> line.contains("moving.t was not truncated")));
      assertThat(job.isDone()).isFalse();
    } finally {
      CLUSTER.node(1).start();
    }
    job.join();
    assertThatAllRowsAreRead("t", Map.of());
  }

  @Test
  @Order(1)
  void readsAndWritesOnWhenANodeLeaves() {
    CompletableFuture<Void> scan = beginToRead();
    CompletableFuture<Void> write = beginToWrite("left_meanwhile");
    CLUSTER.node(1).decommission();
    CompletableFuture.allOf(scan, write).join();
    Cassandra.await("the node has left", () -> peers() == 0);
    assertThatAllRowsAreRead("left_meanwhile", Map.of());
  }

  @Test
  @Order(2)
  void readsAndWritesOnWhenANodeJoins() {
    CompletableFuture<Void> scan = beginToRead();
    CompletableFuture<Void> write = beginToWrite("joined_meanwhile");
    CLUSTER.node(1).join();
    CompletableFuture.allOf(scan, write).join();
    Cassandra.await("the node has joined", () -> peers() == 1);
    assertThatAllRowsAreRead("t", Map.of());
    assertThatAllRowsAreRead("joined_meanwhile", Map.of());
  }

  @Test
  @Order(3)
  void readsOnWhenTheReplicationChanges() {
    // More replicas than before would need a repair before they have the rows.
    replicate("moving", 2);
    write("t", Map.of("write.consistency", "ALL"));
    CompletableFuture<Void> scan = beginToRead();
    replicate("moving", 1);
    assertThat(scan.isDone()).isFalse();
    scan.join();
  }
}
