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
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Scans while the server forgets their statements: from lack of room, and as the table changes. */
class SchemaChangeIT {
  private static final long ROWS = 100_000;
  private static final CassandraCluster CLUSTER =
      CassandraClusters.start(
          ClusterSpec.oneNode("forgetful")
              .withHeapMegabytes(512)
              .withSetting("prepared_statements_cache_size_mb", "1"));
  private static final CqlSession SESSION = Cassandra.open(CLUSTER);

  @BeforeAll
  static void load() {
    Metrics.addRegistry(new SimpleMeterRegistry());
    SESSION.execute(
        "CREATE KEYSPACE changing WITH replication = {'class': 'SimpleStrategy',"
            + " 'replication_factor': 1}");
    SESSION.execute("CREATE TABLE changing.t (id bigint PRIMARY KEY, v text)");
    Spark.SESSION
        .range(ROWS)
        .selectExpr("id", "concat('v', id) AS v")
        .write()
        .format("cassandra")
        .options(options())
        .mode("append")
        .save();
  }

  @AfterAll
  static void stop() {
    SESSION.close();
    CLUSTER.close();
  }

  private static Map<String, String> options() {
    return Map.of("contact-points", CLUSTER.contactPoint(), "keyspace", "changing", "table", "t");
  }

  private static void assertThatAllRowsAreRead() {
    assertThat(
            Spark.SESSION
                .read()
                .format("cassandra")
                .options(options())
                .option("read.page-size", "4k")
                .option("read.ranges-in-flight", "1")
                .load()
                .selectExpr("count(DISTINCT id)", "sum(id)", "sum(cast(substr(v, 2) AS bigint))")
                .first()
                .mkString(" "))
        .isEqualTo("%1$d %2$d %2$d".formatted(ROWS, ROWS * (ROWS - 1) / 2));
  }

  private static double rowsRead() {
    Counter counter = Metrics.globalRegistry.find("ringside.read.rows").counter();
    return counter == null ? 0 : counter.count();
  }

  /** Whether the server has a statement of a scan ready. */
  private static boolean isPrepared() {
    for (Row row : SESSION.execute("SELECT query_string FROM system.prepared_statements")) {
      String text = String.valueOf(row.getString(0));
      if (text.contains("changing") && text.contains("token(")) {
        return true;
      }
    }
    return false;
  }

  @Test
  void preparesAnewWhatTheServerEvicted() {
    assertThatAllRowsAreRead();
    assertThat(isPrepared()).isTrue();
    for (int i = 0; i < 5_000 && isPrepared(); i++) {
      for (int j = 0; j < 100; j++) {
        SESSION.prepare("SELECT v AS other_%d_%d FROM changing.t WHERE id = ?".formatted(i, j));
      }
    }
    assertThat(isPrepared()).isFalse();
    assertThatAllRowsAreRead();
    assertThat(isPrepared()).isTrue();
  }

  @Test
  void readsOnWhenAColumnIsAdded() {
    double before = rowsRead();
    CompletableFuture<Void> scan =
        CompletableFuture.runAsync(SchemaChangeIT::assertThatAllRowsAreRead);
    Cassandra.await("a part of the scan", () -> rowsRead() - before > ROWS / 10.0 || scan.isDone());
    SESSION.execute("ALTER TABLE changing.t ADD added int");
    assertThat(scan.isDone()).isFalse();
    scan.join();
    assertThat(Spark.SESSION.read().format("cassandra").options(options()).load().columns())
        .containsExactlyInAnyOrder("id", "v", "added");
  }
}
