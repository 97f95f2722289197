// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import com.datastax.oss.driver.api.core.servererrors.ReadTimeoutException;
import io.ringside.spark.it.cassandra.CassandraNode;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A table of one partition that takes the server longer to evaluate than a page may take. It is
 * loaded when it is first read. Used by one thread.
 */
final class SlowPartition {
  private final String keyspace;
  private final int rows;
  private long pageMillis;

  /**
   * Names the partition; nothing is loaded yet.
   *
   * @param keyspace where its table, {@code slow}, is made
   * @param rows a multiple of a thousand
   */
  SlowPartition(String keyspace, int rows) {
    this.keyspace = keyspace;
    this.rows = rows;
  }

  /** Its table, read with pages that may take a quarter of what the server needs to filter it. */
  Dataset<Row> table() {
    if (pageMillis == 0) {
      load();
      if (rows > 1_000_000) {
        giveBackTheMemtable();
      }
      pageMillis = quarterOfFiltering();
    }
    return Spark.SESSION
        .read()
        .format("cassandra")
        .option("keyspace", keyspace)
        .option("table", "slow")
        .option("read.page-timeout", pageMillis + "ms")
        .option("read.allow-filtering", "always")
        .load();
  }

  private void load() {
    Cassandra.cql(
        "CREATE TABLE %s.slow (k int, n int, v int, w text, PRIMARY KEY (k, n))"
            .formatted(keyspace));
    Spark.append(
        Spark.SESSION
            .range(rows)
            .selectExpr(
                "1 AS k",
                "cast(id AS int) AS n",
                "cast(id % 1000 AS int) AS v",
                "concat('w', id % 10) AS w"),
        keyspace,
        "slow");
  }

  /**
   * Restarts the node: the server's threads keep the tree of rows that they built last, flushed or
   * not (CASSANDRA-19785), which is most of a heap of 1 GB after three million rows of one
   * partition.
   */
  private void giveBackTheMemtable() {
    CassandraNode node = Cassandra.CLUSTER.nodes().get(0);
    node.flush(keyspace);
    node.stop();
    node.start();
    Cassandra.awaitConnections(Cassandra.CLUSTER, Cassandra.SESSION);
  }

  /** A quarter of what the server needs to filter the partition, in milliseconds, at least 1. */
  private long quarterOfFiltering() {
    long least = Long.MAX_VALUE;
    for (int run = 0; run < 3; run++) {
      long start = System.nanoTime();
      try {
        Cassandra.cql(
                "SELECT count(*) FROM %s.slow WHERE k = 1 AND v > 997 ALLOW FILTERING"
                    .formatted(keyspace))
            .one();
      } catch (ReadTimeoutException longer) {
        // The server needs longer than it takes for itself: a quarter of that is less too.
      }
      least = Math.min(least, System.nanoTime() - start);
    }
    return Math.max(1, TimeUnit.NANOSECONDS.toMillis(least) / 4);
  }
}
