// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cluster;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.NodeState;
import io.ringside.spark.ring.Partitioner;
import io.ringside.spark.ring.RangeEstimate;
import io.ringside.spark.ring.RingRange;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code system.size_estimates} from nodes of the local data centre: the table is local to a
 * node and has that node's primary ranges only. Driver only.
 */
final class SizeEstimateReader {
  private static final Logger LOG = LoggerFactory.getLogger(SizeEstimateReader.class);

  private static final String QUERY =
      "SELECT range_start, range_end, mean_partition_size, partitions_count"
          + " FROM system.size_estimates WHERE keyspace_name = ? AND table_name = ?";

  /**
   * The most nodes that are asked. In a larger cluster the ranges of the others count as the mean
   * of those.
   */
  static final int MOST_NODES = 8;

  private final CqlSession session;
  private final ClusterMetadata cluster;
  private final Duration timeout;

  /**
   * Reads through a session.
   *
   * @param timeout for a node's answer; one that is not there by then is left out
   */
  SizeEstimateReader(CqlSession session, Duration timeout) {
    this.session = session;
    this.cluster = new ClusterMetadata(session);
    this.timeout = timeout;
  }

  /**
   * The estimates of the nodes that answer, those of empty ranges included; empty when none has any
   * (a table just written, or a service without such estimates). Asks without waiting.
   */
  CompletionStage<List<RangeEstimate>> estimates(String keyspace, String table) {
    Partitioner partitioner = cluster.partitioner();
    List<CompletableFuture<List<RangeEstimate>>> answers = new ArrayList<>();
    for (Node node : some(cluster.localNodes())) {
      SimpleStatement query =
          SimpleStatement.newInstance(QUERY, keyspace, table)
              .setNode(node)
              .setPageSize(10_000)
              .setTimeout(timeout)
              .setIdempotent(true);
      answers.add(
          session
              .executeAsync(query)
              .thenCompose(page -> rows(page, new ArrayList<>(), partitioner))
              .exceptionally(failure -> none(node, failure))
              .toCompletableFuture());
    }
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenApply(done -> answers.stream().flatMap(answer -> answer.join().stream()).toList());
  }

  /** Those that are up, or evenly spaced ones of them where there are many. */
  static List<Node> some(List<Node> nodes) {
    List<Node> up =
        nodes.stream()
            .filter(n -> n.getState() == NodeState.UP || n.getState() == NodeState.UNKNOWN)
            .toList();
    if (up.size() <= MOST_NODES) {
      return up;
    }
    List<Node> some = new ArrayList<>(MOST_NODES);
    for (int i = 0; i < MOST_NODES; i++) {
      some.add(up.get((int) ((long) i * up.size() / MOST_NODES)));
    }
    return some;
  }

  private static List<RangeEstimate> none(Node node, Throwable failure) {
    LOG.debug("No size estimates from {}: {}", node.getEndPoint(), String.valueOf(failure));
    return List.of();
  }

  private static CompletionStage<List<RangeEstimate>> rows(
      AsyncResultSet page, List<RangeEstimate> read, Partitioner partitioner) {
    for (Row row : page.currentPage()) {
      read.addAll(estimatesOf(row, partitioner));
    }
    return page.hasMorePages()
        ? page.fetchNextPage().thenCompose(next -> rows(next, read, partitioner))
        : CompletableFuture.completedFuture(read);
  }

  private static List<RangeEstimate> estimatesOf(Row row, Partitioner partitioner) {
    double partitions = Math.max(0, row.getLong("partitions_count"));
    double bytes = Math.max(0, row.getLong("mean_partition_size")) * partitions;
    List<RingRange> parts =
        partitioner.unwrap(
            new BigInteger(String.valueOf(row.getString("range_start"))),
            new BigInteger(String.valueOf(row.getString("range_end"))));
    double tokens = parts.stream().mapToDouble(part -> part.size().doubleValue()).sum();
    List<RangeEstimate> estimates = new ArrayList<>(parts.size());
    for (RingRange part : parts) {
      double share = part.size().doubleValue() / tokens;
      estimates.add(new RangeEstimate(part, bytes * share, partitions * share));
    }
    return estimates;
  }
}
