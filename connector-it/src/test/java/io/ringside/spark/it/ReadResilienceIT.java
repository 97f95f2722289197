// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ringside.spark.it.cassandra.CassandraCluster;
import io.ringside.spark.it.cassandra.CassandraClusters;
import io.ringside.spark.it.cassandra.CassandraNode;
import io.ringside.spark.it.cassandra.ClusterSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Full scans of three real nodes with three replicas while the cluster is ill: always every row,
 * once, without a failed task (the tests' Spark does not try a task twice).
 */
class ReadResilienceIT {
  private static final long ROWS = Long.getLong("resilience.rows", 1_000_000);

  @BeforeAll
  static void countMeters() {
    Metrics.addRegistry(new SimpleMeterRegistry());
  }

  private static Map<String, String> options(CassandraCluster cluster) {
    Map<String, String> options = new HashMap<>();
    options.put("contact-points", cluster.contactPoint());
    options.put("keyspace", "resilience");
    options.put("table", "t");
    options.put("read.split-size", "2m");
    return options;
  }

  private static void load(CassandraCluster cluster) {
    try (CqlSession session = Cassandra.open(cluster)) {
      Cassandra.ddl(
          session,
          "CREATE KEYSPACE resilience WITH replication = {'class': 'NetworkTopologyStrategy',"
              + " 'datacenter1': 3}");
      Cassandra.ddl(
          session, "CREATE TABLE resilience.t (id bigint, n int, v text, PRIMARY KEY (id, n))");
    }
    Dataset<Row> rows =
        Spark.SESSION
            .range(ROWS)
            .selectExpr("id div 20 AS id", "cast(id % 20 AS int) AS n", "repeat('v', 30) AS v");
    rows.write()
        .format("cassandra")
        .options(options(cluster))
        .option("write.consistency", "ALL")
        .mode("append")
        .save();
    cluster.nodes().forEach(node -> node.flush("resilience"));
    cluster.nodes().forEach(CassandraNode::refreshSizeEstimates);
  }

  private static void assertThatAllRowsAreRead(Map<String, String> options) {
    Row row =
        Spark.SESSION
            .read()
            .format("cassandra")
            .options(options)
            .load()
            .selectExpr("count(v)", "sum(id * 20 + n)", "count(DISTINCT id * 20 + n)")
            .first();
    assertThat(row.toString()).isEqualTo("[%d,%d,%d]".formatted(ROWS, ROWS * (ROWS - 1) / 2, ROWS));
  }

  private static double retries(String reason) {
    Counter counter =
        Metrics.globalRegistry.find("ringside.read.retries").tag("reason", reason).counter();
    return counter == null ? 0 : counter.count();
  }

  private static double count(String meter) {
    Counter counter = Metrics.globalRegistry.find(meter).counter();
    return counter == null ? 0 : counter.count();
  }

  @Test
  void readsOnWhenANodeDiesOrFreezes() {
    try (CassandraCluster cluster = CassandraClusters.start(ClusterSpec.nodes("ill", 3))) {
      load(cluster);
      Map<String, String> manyPages = options(cluster);
      manyPages.put("read.page-size", "8k");
      manyPages.put("read.ranges-in-flight", "8");
      double before = retries("UNREACHABLE");
      double rowsBefore = count("ringside.read.rows");
      CompletableFuture<Void> scan =
          CompletableFuture.runAsync(() -> assertThatAllRowsAreRead(manyPages));
      Cassandra.await(
          "a part of the scan",
          () -> count("ringside.read.rows") - rowsBefore > ROWS / 10.0 || scan.isDone());
      cluster.nodes().get(1).kill();
      assertThat(scan.isDone()).isFalse();
      scan.join();
      assertThat(retries("UNREACHABLE")).isGreaterThan(before);
      cluster.nodes().get(1).start();

      Map<String, String> options = options(cluster);
      options.put("read.page-timeout", "2s");
      double timeouts = retries("TIMEOUT");
      // Opens its session while all nodes answer.
      assertThatAllRowsAreRead(options);
      cluster.nodes().get(2).pause();
      try {
        assertThatAllRowsAreRead(options);
      } finally {
        cluster.nodes().get(2).resume();
      }
      assertThat(retries("TIMEOUT") + retries("UNREACHABLE")).isGreaterThan(timeouts + before);
    }
  }

  @Test
  void slowsDownWhenServersAreOverloaded() {
    ClusterSpec spec =
        ClusterSpec.nodes("overloaded", 3)
            .withSetting("native_transport_rate_limiting_enabled", "true")
            .withSetting("native_transport_throw_on_overload", "true")
            .withSetting("native_transport_max_requests_per_second", "200");
    try (CassandraCluster cluster = CassandraClusters.start(spec)) {
      load(cluster);
      double before = retries("OVERLOADED");
      Map<String, String> options = options(cluster);
      // Pages so small that their number exceeds what the servers allow.
      options.put("read.page-size", "4k");
      options.put("read.ranges-in-flight", "32");
      assertThatAllRowsAreRead(options);
      assertThat(retries("OVERLOADED")).isGreaterThan(before);
    }
  }

  @Test
  void asksForLessWhenPagesTakeTooLong() {
    ClusterSpec spec =
        ClusterSpec.nodes("slow", 3).withSetting("range_request_timeout_in_ms", "100");
    try (CassandraCluster cluster = CassandraClusters.start(spec)) {
      load(cluster);
      double timeouts = retries("TIMEOUT");
      double reductions = count("ringside.read.page-reductions");
      Map<String, String> options = options(cluster);
      options.put("read.page-size", "8m");
      // Every replica reads every page: too much for the time, however fast the machine.
      options.put("read.consistency", "ALL");
      options.put("read.split-size", "16m");
      assertThatAllRowsAreRead(options);
      assertThat(retries("TIMEOUT")).isGreaterThan(timeouts);
      assertThat(count("ringside.read.page-reductions")).isGreaterThan(reductions);
    }
  }
}
