// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read;

import io.ringside.spark.flow.JobRate;
import io.ringside.spark.read.plan.SplitPlan;
import java.util.Objects;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;

/**
 * A scan's tasks, one for each split of its plan. Equal when the scans are: Spark compares batches
 * to find a result that it can use twice. Driver only.
 */
final class CassandraBatch implements Batch {
  private final ScanPlan plan;
  private final SplitPlan splits;

  CassandraBatch(ScanPlan plan, SplitPlan splits) {
    this.plan = plan;
    this.splits = splits;
  }

  @Override
  public InputPartition[] planInputPartitions() {
    return splits.splits().toArray(InputPartition[]::new);
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return new PageReaderFactory(
        plan,
        splits.partitioner(),
        splits.partitionBytes(),
        JobRate.perTask(plan.read().rateLimit(), splits.splits().size()));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CassandraBatch batch
        && plan.equals(batch.plan)
        && splits.request().equals(batch.splits.request());
  }

  @Override
  public int hashCode() {
    return Objects.hash(plan, splits.request().form());
  }
}
