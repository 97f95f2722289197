// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read;

import io.ringside.spark.flow.JobRate;
import io.ringside.spark.predicate.Pushdown;
import io.ringside.spark.read.plan.CassandraInputPartition;
import io.ringside.spark.read.plan.KeyPlanner;
import io.ringside.spark.read.plan.RingSnapshot;
import io.ringside.spark.read.plan.ScanPlanner;
import io.ringside.spark.ring.ReplicaRange;
import io.ringside.spark.ring.RingRange;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;

/**
 * A scan's tasks. Equal when the scans are: Spark compares batches to find a result that it can use
 * twice. Driver only.
 */
final class CassandraBatch implements Batch {
  private final ScanPlan plan;
  private final Pushdown pushdown;
  private final RingSnapshot snapshot;
  private final IntConsumer planned;

  /** As many as last planned; before that, more than can run at once. */
  private volatile int tasks = Integer.MAX_VALUE;

  /**
   * The tasks of a plan.
   *
   * @param planned is told how many there are, each time that they are planned
   */
  CassandraBatch(ScanPlan plan, Pushdown pushdown, RingSnapshot snapshot, IntConsumer planned) {
    this.planned = planned;
    this.plan = plan;
    this.pushdown = pushdown;
    this.snapshot = snapshot;
  }

  @Override
  public InputPartition[] planInputPartitions() {
    List<CassandraInputPartition> partitions = partitions();
    tasks = partitions.size();
    planned.accept(tasks);
    return partitions.toArray(new InputPartition[0]);
  }

  private List<CassandraInputPartition> partitions() {
    if (pushdown.empty()) {
      return List.of();
    }
    List<ReplicaRange> ring = snapshot.ring(plan.read().tokenRanges());
    List<RingRange> tokens = pushdown.tokens();
    if (tokens != null) {
      ring = RingSnapshot.within(ring, tokens);
    }
    List<ReplicaRange> wanted = ring;
    var key = pushdown.key();
    if (key == null) {
      List<CassandraInputPartition> splits =
          ScanPlanner.plan(wanted, snapshot.density(), plan.read());
      return plan.total() ? List.of(CassandraInputPartition.of(splits)) : splits;
    }
    return RingSnapshot.withTokens(
        plan.connection(),
        tokenOf ->
            KeyPlanner.plan(
                key,
                tokenOf,
                wanted,
                plan.partitionBytes(),
                (double) plan.read().splitBytes(),
                SparkSession.active().sparkContext().defaultParallelism()));
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return new PageReaderFactory(
        plan, snapshot.partitioner(), JobRate.perTask(plan.read().rateLimit(), tasks));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CassandraBatch batch
        && plan.equals(batch.plan)
        && pushdown.equals(batch.pushdown);
  }

  @Override
  public int hashCode() {
    return Objects.hash(plan, pushdown.key());
  }
}
