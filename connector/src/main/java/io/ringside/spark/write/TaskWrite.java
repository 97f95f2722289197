// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import io.ringside.spark.config.ConnectionConfig;
import io.ringside.spark.metric.WriteTaskMetrics;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.session.SessionLease;
import io.ringside.spark.session.Sessions;
import io.ringside.spark.write.rows.Preparer;
import io.ringside.spark.write.send.MutationSender;
import io.ringside.spark.write.send.SendPolicy;
import io.ringside.spark.write.send.StatementPreparation;
import io.ringside.spark.write.send.WriteClock;
import java.util.List;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;

/**
 * What writers of rows and of changes have in common: the session, the sender and the metrics of
 * one task attempt. On executors, used by the task's thread.
 */
final class TaskWrite implements AutoCloseable {
  private final SessionLease lease;
  private final WriteTaskMetrics metrics = new WriteTaskMetrics();
  private final WriteClock clock;
  private final MutationSender sender;
  private final StatementPreparation preparation;

  /**
   * Leases a session; the caller closes this.
   *
   * @param columns those that are read or written
   * @param tasks of the job
   * @param partitionId number of the task, as Spark gives it
   * @throws io.ringside.spark.error.InvalidInputException when the table is another one than
   *     planned
   */
  TaskWrite(
      ConnectionConfig connection,
      SendPolicy send,
      List<ColumnSpec> columns,
      JobTasks tasks,
      int partitionId) {
    this.lease = Sessions.lease(connection, send.table().keyspace());
    try {
      SameTable.check(lease.session(), send.table(), columns);
      this.clock = send.times().clock(tasks.place(partitionId));
      this.preparation = new StatementPreparation(lease.session(), send, metrics);
      this.sender = new MutationSender(lease.session(), send, clock, tasks.rate(), metrics);
    } catch (RuntimeException | Error e) {
      lease.close();
      throw e;
    }
  }

  /** Prepares statements by the task's session. */
  Preparer preparer() {
    return preparation::prepare;
  }

  /** Gives the write times of the task. */
  WriteClock clock() {
    return clock;
  }

  /** Takes the task's mutations. */
  MutationSender sender() {
    return sender;
  }

  /** Waits until all mutations are in Cassandra. */
  void commit() {
    sender.finish();
    metrics.report();
  }

  /** Sends nothing more. */
  void abort() {
    sender.stop();
  }

  CustomTaskMetric[] metrics() {
    return metrics.values();
  }

  @Override
  public void close() {
    sender.stop();
    lease.close();
  }
}
