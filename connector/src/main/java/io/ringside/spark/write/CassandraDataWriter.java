// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import io.ringside.spark.config.RateLimit;
import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.metric.WriteTaskMetrics;
import io.ringside.spark.session.SessionLease;
import io.ringside.spark.session.Sessions;
import io.ringside.spark.write.rows.RowBinder;
import io.ringside.spark.write.rows.RowToMutation;
import io.ringside.spark.write.rows.WritePlan;
import io.ringside.spark.write.send.Mutation;
import io.ringside.spark.write.send.MutationSender;
import io.ringside.spark.write.send.TaskPlace;
import io.ringside.spark.write.timed.TimedCells;
import io.ringside.spark.write.timed.TimedRowBinder;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.write.DataWriter;
import org.apache.spark.sql.connector.write.WriterCommitMessage;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of one task: bound one by one, collected into batches of one partition each, sent
 * without waiting for the answers. A commit waits for all of them; an abort sends nothing more. One
 * per task attempt, used by the task's thread.
 */
final class CassandraDataWriter implements DataWriter<InternalRow> {
  private final SessionLease lease;
  private final RowToMutation binder;
  private final MutationSender sender;
  private final WriteTaskMetrics metrics = new WriteTaskMetrics();

  /**
   * The writer of one task attempt.
   *
   * @param place of the task in its job
   * @param rate this task's part of the job's rate limit, or null
   * @throws ConnectorException when the server refuses the plan's statements, as after a change of
   *     the table
   */
  CassandraDataWriter(WritePlan plan, TaskPlace place, @Nullable RateLimit rate) {
    this.lease = Sessions.lease(plan.connection(), plan.table().keyspace());
    try {
      CqlSession session = lease.session();
      SameTable.check(session, plan.table(), plan.columns());
      TimedCells timed = plan.timed();
      this.binder =
          timed == null
              ? new RowBinder(plan, session::prepare)
              : new TimedRowBinder(plan, timed, session::prepare, System::currentTimeMillis);
      this.sender =
          new MutationSender(session, plan.send(), plan.send().times().clock(place), rate, metrics);
    } catch (DriverException e) {
      lease.close();
      throw new ConnectorException(
          ErrorCode.WRITE_FAILED,
          "Cannot write to %s: Cassandra does not prepare '%s': %s. Compare the table with what it was when the job started, and see the server's log."
              .formatted(
                  plan.table().displayName(), plan.row().cql(), String.valueOf(e.getMessage())),
          e);
    } catch (RuntimeException | Error e) {
      lease.close();
      throw e;
    }
  }

  @Override
  public void write(InternalRow row) {
    Mutation mutation = binder.of(row);
    if (mutation != null) {
      sender.add(mutation);
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
    sender.finish();
  }

  /**
   * Waits until the rows are in Cassandra.
   *
   * @return nothing that the driver would need; and Spark's driver could not read a class of ours
   *     where a client of Spark Connect has brought the connector for its session alone
   */
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
