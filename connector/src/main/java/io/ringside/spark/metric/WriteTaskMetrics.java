// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.metric;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;

/**
 * Counts what one task writes, for Spark's metrics and, under the names {@code ringside.write.*},
 * for Micrometer's global registry of the executor's JVM. One per task; driver threads count, the
 * task's thread reads.
 */
public final class WriteTaskMetrics {
  private final Counter rowsMeter = Metrics.counter("ringside.write.rows");
  private final Counter bytesMeter = Metrics.counter("ringside.write.bytes");
  private final Counter notAppliedMeter = Metrics.counter("ringside.write.not-applied");
  private final DistributionSummary batchRowsMeter = Metrics.summary("ringside.write.batch-rows");
  private final Timer batchesMeter = Metrics.timer("ringside.write.batches");
  private final LongAdder rows = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder batches = new LongAdder();
  private final LongAdder latencyNanos = new LongAdder();
  private final Map<RetryReason, LongAdder> retries = new EnumMap<>(RetryReason.class);
  private final LongAdder waits = new LongAdder();
  private final LongAdder waitNanos = new LongAdder();
  private final LongAdder rateNanos = new LongAdder();
  private final LongAdder notApplied = new LongAdder();

  /** Nothing counted yet. */
  public WriteTaskMetrics() {
    for (RetryReason reason : RetryReason.values()) {
      retries.put(reason, new LongAdder());
    }
  }

  /**
   * Counts a request that was acknowledged.
   *
   * @param batchBytes bytes of its cells
   * @param nanos from its last sending to the acknowledgement
   */
  public void written(int batchRows, long batchBytes, long nanos) {
    rows.add(batchRows);
    bytes.add(batchBytes);
    batches.increment();
    latencyNanos.add(nanos);
    rowsMeter.increment(batchRows);
    bytesMeter.increment((double) batchBytes);
    batchRowsMeter.record(batchRows);
    batchesMeter.record(nanos, TimeUnit.NANOSECONDS);
  }

  /** Counts a request that is sent again. */
  public void retried(RetryReason reason) {
    adder(reason).increment();
    Metrics.counter("ringside.write.retries", "reason", reason.name()).increment();
  }

  private long serverErrors() {
    return adder(RetryReason.SERVER_ERROR).sum() + adder(RetryReason.TOO_MUCH).sum();
  }

  private LongAdder adder(RetryReason reason) {
    return Objects.requireNonNull(retries.get(reason));
  }

  /** Counts a row whose condition did not hold. */
  public void notApplied() {
    notApplied.increment();
    notAppliedMeter.increment();
  }

  /** Counts a wait for the rate limit. */
  public void slowed(long nanos) {
    rateNanos.add(nanos);
  }

  /** Counts a wait for room in the window. */
  public void waited(long nanos) {
    waits.increment();
    waitNanos.add(nanos);
  }

  /**
   * Sets the records and bytes that the present task has written in Spark's own metrics. Spark asks
   * for {@link #values()} before a task's commit, when the last rows may still be under way.
   */
  public void report() {
    TaskContext task = TaskContext.get();
    if (task != null) {
      task.taskMetrics().outputMetrics().setRecordsWritten(rows.sum());
      task.taskMetrics().outputMetrics().setBytesWritten(bytes.sum());
    }
  }

  /** The present values, by the names of {@link WriteMetrics}. */
  public CustomTaskMetric[] values() {
    return new CustomTaskMetric[] {
      new TaskMetric(WriteMetrics.RowsWritten.NAME, rows.sum()),
      new TaskMetric(WriteMetrics.BytesWritten.NAME, bytes.sum()),
      new TaskMetric(WriteMetrics.Batches.NAME, batches.sum()),
      new TaskMetric(
          WriteMetrics.RequestLatency.NAME, TimeUnit.NANOSECONDS.toMillis(latencyNanos.sum())),
      new TaskMetric(WriteMetrics.RowsPerBatch.NAME, rowsPerBatch()),
      new TaskMetric(WriteMetrics.TimeoutRetries.NAME, adder(RetryReason.TIMEOUT).sum()),
      new TaskMetric(WriteMetrics.OverloadRetries.NAME, adder(RetryReason.OVERLOADED).sum()),
      new TaskMetric(WriteMetrics.UnreachableRetries.NAME, adder(RetryReason.UNREACHABLE).sum()),
      new TaskMetric(WriteMetrics.ServerErrorRetries.NAME, serverErrors()),
      new TaskMetric(WriteMetrics.WindowWaits.NAME, waits.sum()),
      new TaskMetric(
          WriteMetrics.WindowWaitTime.NAME, TimeUnit.NANOSECONDS.toMillis(waitNanos.sum())),
      new TaskMetric(
          WriteMetrics.RateWaitTime.NAME, TimeUnit.NANOSECONDS.toMillis(rateNanos.sum())),
      new TaskMetric(WriteMetrics.NotApplied.NAME, notApplied.sum())
    };
  }

  private long rowsPerBatch() {
    return Math.round((double) rows.sum() / Math.max(1, batches.sum()));
  }
}
