// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.metric;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;

/**
 * Counts what one task writes, for Spark's metrics and, under the names {@code ringside.write.*},
 * for Micrometer's global registry of the executor's JVM. One per task; driver threads count, the
 * task's thread reads.
 */
public final class WriteTaskMetrics {
  private final Counter rowsMeter = Metrics.counter("ringside.write.rows");
  private final Counter bytesMeter = Metrics.counter("ringside.write.bytes");
  private final Counter retriesMeter = Metrics.counter("ringside.write.retries");
  private final Timer batchesMeter = Metrics.timer("ringside.write.batches");
  private final LongAdder rows = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder batches = new LongAdder();
  private final LongAdder latencyNanos = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final LongAdder waits = new LongAdder();
  private final LongAdder waitNanos = new LongAdder();

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
    batchesMeter.record(nanos, TimeUnit.NANOSECONDS);
  }

  /** Counts a request that is sent again. */
  public void retried() {
    retries.increment();
    retriesMeter.increment();
  }

  /** Counts a wait for room in the window. */
  public void waited(long nanos) {
    waits.increment();
    waitNanos.add(nanos);
  }

  /** Rows acknowledged so far. */
  public long rows() {
    return rows.sum();
  }

  /** The present values, by the names of {@link WriteMetrics}. */
  public CustomTaskMetric[] values() {
    return new CustomTaskMetric[] {
      new TaskMetric(WriteMetrics.RowsWritten.NAME, rows.sum()),
      new TaskMetric(WriteMetrics.BytesWritten.NAME, bytes.sum()),
      new TaskMetric(WriteMetrics.Batches.NAME, batches.sum()),
      new TaskMetric(
          WriteMetrics.RequestLatency.NAME, TimeUnit.NANOSECONDS.toMillis(latencyNanos.sum())),
      new TaskMetric(WriteMetrics.WriteRetries.NAME, retries.sum()),
      new TaskMetric(WriteMetrics.WindowWaits.NAME, waits.sum()),
      new TaskMetric(
          WriteMetrics.WindowWaitTime.NAME, TimeUnit.NANOSECONDS.toMillis(waitNanos.sum()))
    };
  }
}
