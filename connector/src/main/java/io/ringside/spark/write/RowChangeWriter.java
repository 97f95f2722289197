// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import io.ringside.spark.config.RateLimit;
import io.ringside.spark.metric.WriteTaskMetrics;
import io.ringside.spark.session.SessionLease;
import io.ringside.spark.session.Sessions;
import io.ringside.spark.write.change.RowChangePlan;
import io.ringside.spark.write.change.RowChanges;
import io.ringside.spark.write.send.MutationSender;
import io.ringside.spark.write.send.TaskPlace;
import io.ringside.spark.write.send.WriteClock;
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
  private final SessionLease lease;
  private final int idFields;
  private final WriteTaskMetrics metrics = new WriteTaskMetrics();
  private final MutationSender sender;
  private final RowChanges changes;

  /**
   * The writer of one task attempt.
   *
   * @param place of the task in its job
   * @param rate this task's part of the job's rate limit, or null
   */
  RowChangeWriter(RowChangePlan plan, TaskPlace place, @Nullable RateLimit rate) {
    this.idFields = plan.id().size();
    this.lease = Sessions.lease(plan.connection(), plan.table().keyspace());
    try {
      SameTable.check(lease.session(), plan.table(), plan.changed());
      WriteClock clock = plan.send().times().clock(place);
      this.sender = new MutationSender(lease.session(), plan.send(), clock, rate, metrics);
      this.changes = new RowChanges(plan, clock, lease.session()::prepare, sender::add);
    } catch (RuntimeException | Error e) {
      lease.close();
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

  /** Deletes all rows of a key: what a write of keys alone, without SQL, does. */
  void deleteKey(InternalRow key) {
    changes.deleteKey(key);
  }

  /** As {@link CassandraDataWriter#commit}. */
  @Override
  public @Nullable WriterCommitMessage commit() {
    sender.finish();
    metrics.report();
    return null;
  }

  @Override
  public void abort() {
    sender.stop();
  }

  @Override
  public void close() {
    sender.stop();
    lease.close();
  }

  @Override
  public CustomTaskMetric[] currentMetricsValues() {
    return metrics.values();
  }
}
