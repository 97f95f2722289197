// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import io.ringside.spark.config.RateLimit;
import io.ringside.spark.metric.WriteMetrics;
import io.ringside.spark.session.JobRate;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.write.DeltaBatchWrite;
import org.apache.spark.sql.connector.write.DeltaWrite;
import org.apache.spark.sql.connector.write.DeltaWriter;
import org.apache.spark.sql.connector.write.DeltaWriterFactory;
import org.apache.spark.sql.connector.write.PhysicalWriteInfo;
import org.apache.spark.sql.connector.write.WriterCommitMessage;
import org.jspecify.annotations.Nullable;

/**
 * What one statement changes in one table. There is nothing to commit at the end: a change is in
 * Cassandra when a task's commit returns. Driver only.
 */
final class RowChangeWrite implements DeltaWrite, DeltaBatchWrite {
  private final RowChangePlan plan;

  RowChangeWrite(RowChangePlan plan) {
    this.plan = plan;
  }

  @Override
  public String description() {
    return "Cassandra " + plan.table().displayName() + ", row by row";
  }

  @Override
  public DeltaBatchWrite toBatch() {
    return this;
  }

  @Override
  public CustomMetric[] supportedCustomMetrics() {
    return WriteMetrics.all();
  }

  @Override
  public DeltaWriterFactory createBatchWriterFactory(PhysicalWriteInfo info) {
    return new WriterFactory(
        plan, JobRate.perTask(plan.rows().write().rateLimit(), info.numPartitions()));
  }

  /** Changes of one job timestamp are the same however often they are made. */
  @Override
  public boolean useCommitCoordinator() {
    return false;
  }

  @Override
  public void commit(WriterCommitMessage[] messages) {}

  @Override
  public void abort(WriterCommitMessage[] messages) {}

  /** Made on the driver, sent to executors. */
  private record WriterFactory(RowChangePlan plan, @Nullable RateLimit rate)
      implements DeltaWriterFactory {
    @Override
    public DeltaWriter<InternalRow> createWriter(int partitionId, long taskId) {
      return new RowChangeWriter(plan, rate);
    }
  }
}
