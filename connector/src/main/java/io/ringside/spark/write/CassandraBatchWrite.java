// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.write.rows.MutationPlan;
import io.ringside.spark.write.rows.WriteJob;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.write.DataWriter;
import org.apache.spark.sql.connector.write.DataWriterFactory;
import org.apache.spark.sql.connector.write.PhysicalWriteInfo;
import org.jspecify.annotations.Nullable;

/**
 * The life of a batch write. There is nothing to commit at the end: a row is in Cassandra when a
 * task's commit returns, and rows of a failed job stay, to be overwritten by themselves when the
 * job is run again. Driver only.
 */
final class CassandraBatchWrite implements RepeatableBatch {
  private final MutationPlan plan;
  private final @Nullable Removal removal;

  CassandraBatchWrite(MutationPlan plan, @Nullable Removal removal) {
    this.plan = plan;
    this.removal = removal;
  }

  @Override
  public TableSpec table() {
    return plan.job().table();
  }

  /**
   * The start of the job. Spark asks once, after it has planned the rows to write and run what they
   * depend on, and just before the first task: the place to remove what the rows replace.
   */
  @Override
  public DataWriterFactory createBatchWriterFactory(PhysicalWriteInfo info) {
    WriteJob job = plan.job();
    SameTable.check(job.connection(), job.table(), job.columns());
    if (removal != null) {
      removal.action().run();
    }
    return new WriterFactory(plan, JobTasks.of(info, job.write()));
  }

  /** Made on the driver, sent to executors. */
  private record WriterFactory(MutationPlan plan, JobTasks tasks) implements DataWriterFactory {
    @Override
    public DataWriter<InternalRow> createWriter(int partitionId, long taskId) {
      return new CassandraDataWriter(plan, tasks, partitionId);
    }
  }
}
