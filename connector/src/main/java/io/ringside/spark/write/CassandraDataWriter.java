// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.write.rows.MutationPlan;
import io.ringside.spark.write.rows.RowErrors;
import io.ringside.spark.write.rows.RowToMutation;
import io.ringside.spark.write.rows.WriteJob;
import io.ringside.spark.write.send.Mutation;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.write.DataWriter;
import org.apache.spark.sql.connector.write.WriterCommitMessage;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of one task: bound one by one, collected into batches of one partition each, sent
 * without waiting for the answers. A commit waits for all of them; an abort sends nothing more. One
 * per task attempt, used by the task's thread.
 */
final class CassandraDataWriter implements DataWriter<InternalRow> {
  private final TaskWrite task;
  private final RowToMutation binder;
  private final RowErrors errors;
  private final StructType input;

  /**
   * The writer of one task attempt.
   *
   * @param partitionId number of the task, as Spark gives it
   * @throws ConnectorException WRITE_FAILED when the server refuses the plan's statements, as after
   *     a change of the table
   */
  CassandraDataWriter(MutationPlan plan, JobTasks tasks, int partitionId) {
    WriteJob job = plan.job();
    this.errors = new RowErrors(job.table());
    this.input = job.input();
    this.task = new TaskWrite(job.connection(), job.send(), job.columns(), tasks, partitionId);
    try {
      this.binder = plan.binder(task.preparer());
    } catch (RuntimeException | Error e) {
      task.close();
      throw e;
    }
  }

  @Override
  public void write(InternalRow row) {
    Mutation mutation;
    try {
      mutation = binder.of(row);
    } catch (InvalidInputException e) {
      throw e.code() == ErrorCode.INVALID_VALUE ? errors.ofRow(e, input, row) : e;
    }
    if (mutation != null) {
      task.sender().add(mutation);
    }
  }

  /**
   * Writes all rows of a task and waits for their acknowledgement, so that the metrics which Spark
   * asks for before the commit are whole. Called since Spark 4.0.
   */
  public void writeAll(Iterator<InternalRow> rows) {
    while (rows.hasNext()) {
      write(rows.next());
    }
    addLast();
    task.sender().finish();
  }

  private void addLast() {
    Mutation mutation = binder.last();
    if (mutation != null) {
      task.sender().add(mutation);
    }
  }

  /**
   * Waits until the rows are in Cassandra.
   *
   * @return null: the driver needs no message, and it cannot load classes of a jar that a client of
   *     Spark Connect has added for its session alone
   */
  @Override
  public @Nullable WriterCommitMessage commit() {
    addLast();
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
