// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import io.ringside.spark.config.WriteDistribution;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.UnsupportedException;
import io.ringside.spark.metric.WriteMetrics;
import io.ringside.spark.write.rows.MutationPlan;
import org.apache.spark.sql.connector.distributions.Distribution;
import org.apache.spark.sql.connector.distributions.Distributions;
import org.apache.spark.sql.connector.expressions.SortOrder;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.write.BatchWrite;
import org.apache.spark.sql.connector.write.RequiresDistributionAndOrdering;
import org.apache.spark.sql.connector.write.streaming.StreamingWrite;
import org.jspecify.annotations.Nullable;

/** What one query writes to one table. Driver only. */
final class CassandraWrite implements RequiresDistributionAndOrdering {
  private final MutationPlan plan;
  private final @Nullable Removal removal;

  /**
   * A write of a plan.
   *
   * @param removal of what the rows replace, or null
   */
  CassandraWrite(MutationPlan plan, @Nullable Removal removal) {
    this.plan = plan;
    this.removal = removal;
  }

  @Override
  public String description() {
    return "Cassandra %s, CQL: %s%s"
        .formatted(
            plan.job().table().displayName(),
            removal == null ? "" : removal.cql() + "; ",
            plan.cql());
  }

  /** What {@code EXPLAIN} shows. */
  @Override
  public String toString() {
    return description();
  }

  /** Rows of a partition together, if the user asks for it or they replace the partition. */
  @Override
  public Distribution requiredDistribution() {
    return shuffles() ? KeyOrder.clustered(plan.job().table()) : Distributions.unspecified();
  }

  /**
   * Spark may cut a large partition's rows in two or join small groups where only speed depends on
   * it. What replaces a partition should leave in as few requests as it fits into.
   */
  @Override
  public boolean distributionStrictlyRequired() {
    return plan.replacesPartitions();
  }

  /** Rows of a partition one after another, in the table's own order. */
  @Override
  public SortOrder[] requiredOrdering() {
    if (plan.replacesPartitions()) {
      return KeyOrder.complete(plan.job().table(), plan.job().input());
    }
    return shuffles() ? KeyOrder.of(plan.job().table(), plan.job().input()) : new SortOrder[0];
  }

  private boolean shuffles() {
    return plan.replacesPartitions()
        || plan.job().write().job().distribution() == WriteDistribution.PARTITION_KEY;
  }

  @Override
  public BatchWrite toBatch() {
    return new CassandraBatchWrite(plan, removal);
  }

  /**
   * The same for each epoch.
   *
   * @throws UnsupportedException for what adds to cells: an epoch that is repeated would add again
   */
  @Override
  public StreamingWrite toStreaming() {
    if (!plan.job().repetition().allowsTasksAgain()) {
      throw new UnsupportedException(
          ErrorCode.UNSUPPORTED_OPERATION,
          "Cannot write a stream to %s: an epoch that Spark repeats would add to its cells once more. Use foreachBatch and keep track of the epochs that were added."
              .formatted(plan.job().table().displayName()));
    }
    return new CassandraStreamingWrite(toBatch());
  }

  @Override
  public CustomMetric[] supportedCustomMetrics() {
    return WriteMetrics.all();
  }
}
