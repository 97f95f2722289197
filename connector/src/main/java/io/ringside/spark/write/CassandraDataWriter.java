// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.Statement;
import io.ringside.spark.config.RateLimit;
import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.metric.WriteTaskMetrics;
import io.ringside.spark.session.SessionLease;
import io.ringside.spark.session.Sessions;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.write.DataWriter;
import org.apache.spark.sql.connector.write.WriterCommitMessage;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of one task: bound one by one, collected into batches of one partition each, sent
 * through the window. A commit waits for every acknowledgement; an abort sends nothing more. One
 * per task attempt, used by the task's thread.
 */
final class CassandraDataWriter implements DataWriter<InternalRow> {
  /** What a bound row takes in memory besides its values: the statement and its arrays. */
  static final int ROW_OVERHEAD_BYTES = 256;

  private final WritePlan plan;
  private final SessionLease lease;
  private final @Nullable RowBinder binder;
  private final @Nullable TimedRowBinder timedBinder;
  private final PartitionBatches<ByteBuffer, RowBinder.BoundRow> batches;
  private final InFlightWrites inFlight;
  private final WriteTaskMetrics metrics = new WriteTaskMetrics();
  private final ConsistencyLevel consistency;
  private final Duration timeout;
  private final @Nullable Long micros;

  private final @Nullable ConsistencyLevel serialConsistency;

  /**
   * The writer of one task attempt.
   *
   * @param rate this task's part of the job's rate limit, or null
   * @throws ConnectorException when the server refuses the plan's statements, as after a change of
   *     the table
   */
  CassandraDataWriter(WritePlan plan, @Nullable RateLimit rate) {
    this.plan = plan;
    this.micros = plan.attemptMicros();
    this.lease = Sessions.lease(plan.connection(), plan.table().keyspace());
    try {
      CqlSession session = lease.session();
      TimedCells timed = plan.timed();
      this.binder = timed == null ? new RowBinder(plan, session) : null;
      this.timedBinder = timed == null ? null : new TimedRowBinder(plan, timed, session);
      this.inFlight = new InFlightWrites(session, plan, rate, metrics);
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
    this.batches =
        new PartitionBatches<>(
            plan.kind() == WriteKind.CONDITIONAL ? 1 : plan.write().batchRows(),
            plan.write().batchBytes(),
            plan.write().bufferBytes(),
            ROW_OVERHEAD_BYTES,
            this::send);
    this.consistency = DefaultConsistencyLevel.valueOf(plan.write().consistency().name());
    this.serialConsistency =
        plan.kind() == WriteKind.CONDITIONAL
            ? DefaultConsistencyLevel.valueOf(plan.write().condition().consistency().name())
            : null;
    this.timeout = plan.write().requestTimeout();
  }

  @Override
  public void write(InternalRow row) {
    RowBinder.BoundRow bound = binder == null ? timed(row) : binder.bind(row);
    if (bound != null) {
      batches.add(bound.partition(), bound, bound.bytes());
    }
  }

  private RowBinder.@Nullable BoundRow timed(InternalRow row) {
    return timedBinder == null ? null : timedBinder.bind(row, System.currentTimeMillis());
  }

  /**
   * Writes all rows of a task and waits for their acknowledgement, so that the metrics which Spark
   * asks for before the commit are whole. Called since Spark 4.0.
   */
  public void writeAll(Iterator<InternalRow> rows) {
    while (rows.hasNext()) {
      write(rows.next());
    }
    finish();
  }

  private void finish() {
    batches.flush();
    inFlight.drain();
  }

  /**
   * Waits until the rows are in Cassandra.
   *
   * @return nothing that the driver would need; and Spark's driver could not read a class of ours
   *     where a client of Spark Connect has brought the connector for its session alone
   */
  @Override
  public @Nullable WriterCommitMessage commit() {
    finish();
    metrics.report();
    return null;
  }

  @Override
  public void abort() {
    batches.discard();
    inFlight.stop();
  }

  private void send(List<RowBinder.BoundRow> rows) {
    long bytes = 0;
    for (RowBinder.BoundRow row : rows) {
      bytes += row.bytes();
    }
    inFlight.submit(statement(rows), rows.get(0).partition(), rows.size(), bytes);
  }

  private Statement<?> statement(List<RowBinder.BoundRow> rows) {
    if (rows.size() == 1 && rows.get(0).more().isEmpty()) {
      return configured(rows.get(0).statement());
    }
    BatchStatementBuilder batch =
        BatchStatement.builder(
            plan.kind() == WriteKind.COUNTER
                ? DefaultBatchType.COUNTER
                : DefaultBatchType.UNLOGGED);
    for (RowBinder.BoundRow row : rows) {
      batch.addStatement(row.statement());
      row.more().forEach(batch::addStatement);
    }
    BoundStatement first = rows.get(0).statement();
    return configured(
        batch
            .setRoutingKeyspace(first.getRoutingKeyspace())
            .setRoutingKey(rows.get(0).partition())
            .build());
  }

  private Statement<?> configured(Statement<?> statement) {
    Statement<?> configured =
        statement
            .setConsistencyLevel(consistency)
            .setSerialConsistencyLevel(serialConsistency)
            .setTimeout(timeout)
            .setIdempotent(plan.kind().isIdempotent());
    Long timestamp = micros;
    return timestamp == null ? configured : configured.setQueryTimestamp(timestamp);
  }

  @Override
  public void close() {
    inFlight.stop();
    lease.close();
  }

  @Override
  public CustomTaskMetric[] currentMetricsValues() {
    return metrics.values();
  }
}
