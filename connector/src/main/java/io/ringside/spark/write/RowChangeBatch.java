// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.write.change.ChangePlan;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.write.DeltaBatchWrite;
import org.apache.spark.sql.connector.write.DeltaWriter;
import org.apache.spark.sql.connector.write.DeltaWriterFactory;
import org.apache.spark.sql.connector.write.PhysicalWriteInfo;

/**
 * The life of a job that changes rows. There is nothing to commit at the end: a change is in
 * Cassandra when a task's commit returns. Driver only.
 */
final class RowChangeBatch implements DeltaBatchWrite, RepeatableBatch {
  private final ChangePlan plan;
  private final Rerun rerun;

  /** The job of a plan. */
  RowChangeBatch(ChangePlan plan, Rerun rerun) {
    this.plan = plan;
    this.rerun = rerun;
  }

  /** Whether tasks may run again once Spark has lost what it had read. */
  enum Rerun {
    /** Rows that are read again, and are fewer, are deleted. */
    ALLOWED,
    /** Rows that are read again have been changed already. */
    REFUSED
  }

  @Override
  public TableSpec table() {
    return plan.table();
  }

  @Override
  public DeltaWriterFactory createBatchWriterFactory(PhysicalWriteInfo info) {
    SameTable.check(plan.connection(), plan.table(), plan.changed());
    return new WriterFactory(plan, JobTasks.of(info, plan.send().write()), rerun);
  }

  /** Made on the driver, sent to executors. */
  private record WriterFactory(ChangePlan plan, JobTasks tasks, Rerun rerun)
      implements DeltaWriterFactory {
    @Override
    public DeltaWriter<InternalRow> createWriter(int partitionId, long taskId) {
      TaskContext task = TaskContext.get();
      if (rerun == Rerun.REFUSED && task != null && task.stageAttemptNumber() > 0) {
        throw new ConnectorException(
            ErrorCode.WRITE_FAILED,
            "Cannot change rows of %s: Spark has lost what it had read, with an executor, and would read rows that the statement has changed already. See which rows are changed, and run the statement for the others."
                .formatted(plan.table().displayName()));
      }
      return new RowChangeWriter(plan, tasks, partitionId);
    }
  }
}
