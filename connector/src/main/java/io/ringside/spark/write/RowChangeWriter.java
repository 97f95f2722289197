// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import io.ringside.spark.write.change.ChangePlan;
import io.ringside.spark.write.change.RowChanges;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.write.DeltaWriter;
import org.apache.spark.sql.connector.write.WriterCommitMessage;
import org.jspecify.annotations.Nullable;

/**
 * Applies the changes of one task. A commit waits for every acknowledgement; an abort sends nothing
 * more. One per task attempt, used by the task's thread.
 */
final class RowChangeWriter implements DeltaWriter<InternalRow> {
  private final TaskWrite task;
  private final int idFields;
  private final RowChanges changes;

  /**
   * The writer of one task attempt.
   *
   * @param partitionId number of the task, as Spark gives it
   */
  RowChangeWriter(ChangePlan plan, JobTasks tasks, int partitionId) {
    this.idFields = plan.stored().columns().size();
    this.task = new TaskWrite(plan.connection(), plan.send(), plan.changed(), tasks, partitionId);
    try {
      this.changes = plan.changes(task.clock(), task.preparer(), task.sender()::add);
    } catch (RuntimeException | Error e) {
      task.close();
      throw e;
    }
  }

  /** Deletes the row whose stored values are the identity's first column. */
  @Override
  public void delete(InternalRow metadata, InternalRow id) {
    changes.delete(id.getStruct(0, idFields));
  }

  @Override
  public void update(InternalRow metadata, InternalRow id, InternalRow row) {
    changes.update(id.getStruct(0, idFields), row);
  }

  @Override
  public void insert(InternalRow row) {
    changes.insert(row);
  }

  /** As {@link CassandraDataWriter#commit}. */
  @Override
  public @Nullable WriterCommitMessage commit() {
    task.commit();
    return null;
  }

  @Override
  public void abort() {
    task.abort();
  }

  @Override
  public void close() {
    task.close();
  }

  @Override
  public CustomTaskMetric[] currentMetricsValues() {
    return task.metrics();
  }
}
