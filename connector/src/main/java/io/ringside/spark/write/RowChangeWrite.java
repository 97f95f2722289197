// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import io.ringside.spark.config.RateLimit;
import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.flow.JobRate;
import io.ringside.spark.metric.WriteMetrics;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.write.change.RowChangePlan;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.distributions.Distribution;
import org.apache.spark.sql.connector.distributions.Distributions;
import org.apache.spark.sql.connector.expressions.SortOrder;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.write.DeltaBatchWrite;
import org.apache.spark.sql.connector.write.DeltaWrite;
import org.apache.spark.sql.connector.write.DeltaWriter;
import org.apache.spark.sql.connector.write.DeltaWriterFactory;
import org.apache.spark.sql.connector.write.PhysicalWriteInfo;
import org.apache.spark.sql.connector.write.RequiresDistributionAndOrdering;
import org.apache.spark.sql.connector.write.RowLevelOperation;
import org.jspecify.annotations.Nullable;

/**
 * What one statement changes in one table. There is nothing to commit at the end: a change is in
 * Cassandra when a task's commit returns. Driver only.
 *
 * <p>Cassandra has no snapshots. So that a scan never meets rows that the same statement has
 * changed, and a task that runs again changes the same rows in the same way, updates and merges
 * have all been read, and shuffled by partition key, before the first is written. Deletions need
 * none of that: to read fewer rows is right.
 */
final class RowChangeWrite
    implements DeltaWrite, DeltaBatchWrite, RepeatableBatch, RequiresDistributionAndOrdering {
  private final RowChangePlan plan;
  private final RowLevelOperation.Command command;

  RowChangeWrite(RowChangePlan plan, RowLevelOperation.Command command) {
    this.plan = plan;
    this.command = command;
  }

  @Override
  public TableSpec table() {
    return plan.table();
  }

  private boolean isDelete() {
    return command == RowLevelOperation.Command.DELETE;
  }

  @Override
  public Distribution requiredDistribution() {
    return isDelete() ? Distributions.unspecified() : KeyOrder.clustered(plan.table());
  }

  @Override
  public SortOrder[] requiredOrdering() {
    return isDelete() ? new SortOrder[0] : KeyOrder.of(plan.table(), plan.input());
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
    SameTable.check(plan.connection(), plan.table(), plan.changed());
    return new WriterFactory(
        plan,
        info.numPartitions(),
        JobRate.perTask(plan.write().rateLimit(), info.numPartitions()),
        !isDelete());
  }

  /**
   * Made on the driver, sent to executors.
   *
   * @param onlyOnce whether rows must not be read again once some have been written
   */
  private record WriterFactory(
      RowChangePlan plan, int tasks, @Nullable RateLimit rate, boolean onlyOnce)
      implements DeltaWriterFactory {
    @Override
    public DeltaWriter<InternalRow> createWriter(int partitionId, long taskId) {
      TaskContext task = TaskContext.get();
      if (onlyOnce && task != null && task.stageAttemptNumber() > 0) {
        throw new ConnectorException(
            ErrorCode.WRITE_FAILED,
            "Cannot change rows of %s: Spark has lost what it had read, with an executor, and would read rows that the statement has changed already. See which rows are changed, and run the statement for the others."
                .formatted(plan.table().displayName()));
      }
      return new RowChangeWriter(plan, TaskAttempt.place(partitionId, tasks), rate);
    }
  }
}
