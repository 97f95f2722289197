// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read;

import java.util.List;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;

/**
 * A scan's tasks. Equal when the scans are: Spark compares batches to find a result that it can use
 * twice. Driver only.
 */
final class CassandraBatch implements Batch {
  private final ScanPlan plan;
  private final RingSnapshot snapshot;

  CassandraBatch(ScanPlan plan, RingSnapshot snapshot) {
    this.plan = plan;
    this.snapshot = snapshot;
  }

  @Override
  public InputPartition[] planInputPartitions() {
    List<CassandraInputPartition> partitions =
        ScanPlanner.plan(snapshot.ring(), snapshot.density(), plan.read());
    return partitions.toArray(new InputPartition[0]);
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return new PageReaderFactory(plan, snapshot.partitioner());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CassandraBatch batch && plan.equals(batch.plan);
  }

  @Override
  public int hashCode() {
    return plan.hashCode();
  }
}
