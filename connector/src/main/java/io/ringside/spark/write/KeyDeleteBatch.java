// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import io.ringside.spark.config.RateLimit;
import io.ringside.spark.flow.JobRate;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.write.change.RowChangePlan;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.write.DataWriter;
import org.apache.spark.sql.connector.write.DataWriterFactory;
import org.apache.spark.sql.connector.write.PhysicalWriteInfo;
import org.apache.spark.sql.connector.write.WriterCommitMessage;
import org.jspecify.annotations.Nullable;

/** The life of a job that deletes the keys of a DataFrame. Driver only. */
final class KeyDeleteBatch implements RepeatableBatch {
  private final RowChangePlan plan;

  KeyDeleteBatch(RowChangePlan plan) {
    this.plan = plan;
  }

  @Override
  public TableSpec table() {
    return plan.table();
  }

  @Override
  public DataWriterFactory createBatchWriterFactory(PhysicalWriteInfo info) {
    SameTable.check(plan.connection(), plan.table(), plan.id());
    return new WriterFactory(
        plan,
        info.numPartitions(),
        JobRate.perTask(plan.write().rateLimit(), info.numPartitions()));
  }

  /** Made on the driver, sent to executors. */
  private record WriterFactory(RowChangePlan plan, int tasks, @Nullable RateLimit rate)
      implements DataWriterFactory {
    @Override
    public DataWriter<InternalRow> createWriter(int partitionId, long taskId) {
      return new Writer(new RowChangeWriter(plan, TaskAttempt.place(partitionId, tasks), rate));
    }
  }

  /** Takes each row as a key. One per task attempt, used by the task's thread. */
  private record Writer(RowChangeWriter changes) implements DataWriter<InternalRow> {
    @Override
    public void write(InternalRow key) {
      changes.deleteKey(key);
    }

    @Override
    public @Nullable WriterCommitMessage commit() {
      return changes.commit();
    }

    @Override
    public void abort() {
      changes.abort();
    }

    @Override
    public void close() {
      changes.close();
    }

    @Override
    public CustomTaskMetric[] currentMetricsValues() {
      return changes.currentMetricsValues();
    }
  }
}
