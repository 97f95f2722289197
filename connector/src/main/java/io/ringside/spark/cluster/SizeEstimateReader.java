// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cluster;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import io.ringside.spark.ring.Partitioner;
import io.ringside.spark.ring.RangeEstimate;
import io.ringside.spark.ring.RingRange;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code system.size_estimates} from every node of the local data centre: the table is local
 * to a node and tells that node's primary ranges only. Driver only.
 */
public final class SizeEstimateReader {
  private static final Logger LOG = LoggerFactory.getLogger(SizeEstimateReader.class);

  private static final String QUERY =
      "SELECT range_start, range_end, mean_partition_size, partitions_count"
          + " FROM system.size_estimates WHERE keyspace_name = ? AND table_name = ?";

  private final CqlSession session;
  private final ClusterMetadata cluster;

  /** Reads through this session. */
  public SizeEstimateReader(CqlSession session) {
    this.session = session;
    this.cluster = new ClusterMetadata(session);
  }

  /**
   * The estimates of all nodes that answer, those of empty ranges included; empty when none has any
   * (a table just written, or a service without such estimates). A node that does not answer is
   * left out: its ranges then count with the mean of the others.
   */
  public List<RangeEstimate> estimates(String keyspace, String table) {
    Partitioner partitioner = cluster.partitioner();
    Map<Node, CompletionStage<AsyncResultSet>> answers = new LinkedHashMap<>();
    for (Node node : cluster.localNodes()) {
      SimpleStatement query =
          SimpleStatement.newInstance(QUERY, keyspace, table)
              .setNode(node)
              .setPageSize(10_000)
              .setIdempotent(true);
      answers.put(node, session.executeAsync(query));
    }
    List<RangeEstimate> estimates = new ArrayList<>();
    answers.forEach((node, answer) -> addAll(estimates, partitioner, node, answer));
    return estimates;
  }

  private static void addAll(
      List<RangeEstimate> estimates,
      Partitioner partitioner,
      Node node,
      CompletionStage<AsyncResultSet> answer) {
    try {
      AsyncResultSet page = answer.toCompletableFuture().join();
      while (true) {
        for (Row row : page.currentPage()) {
          estimates.addAll(estimatesOf(row, partitioner));
        }
        if (!page.hasMorePages()) {
          return;
        }
        page = page.fetchNextPage().toCompletableFuture().join();
      }
    } catch (CompletionException e) {
      LOG.debug("No size estimates from {}: {}", node.getEndPoint(), String.valueOf(e.getCause()));
    }
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
