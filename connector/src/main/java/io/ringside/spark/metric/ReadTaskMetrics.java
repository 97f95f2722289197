// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.metric;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;

/**
 * Counts what one task reads, for Spark's metrics and, under the names {@code ringside.read.*}, for
 * Micrometer's global registry of the executor's JVM. One per task, used by the task's thread.
 */
public final class ReadTaskMetrics {
  private final Counter rowsMeter = Metrics.counter("ringside.read.rows");
  private final Counter bytesMeter = Metrics.counter("ringside.read.bytes");
  private final Timer replicaPagesMeter = Metrics.timer("ringside.read.pages", "replica", "true");
  private final Timer otherPagesMeter = Metrics.timer("ringside.read.pages", "replica", "false");
  private long rows;
  private long bytes;
  private long pages;
  private long latencyNanos;
  private long replicaPages;
  private long timeouts;
  private long refusals;
  private long overloads;
  private long unreachable;
  private long serverErrors;
  private long reductions;
  private long splits;
  private long fallBacks;
  private long hedges;

  /**
   * Counts a page that arrived.
   *
   * @param pageBytes bytes of the response, uncompressed
   * @param nanos from sending the request to the arrival
   * @param fromReplica whether the coordinator owns the range
   */
  public void page(int pageRows, long pageBytes, long nanos, boolean fromReplica) {
    rows += pageRows;
    bytes += pageBytes;
    pages++;
    latencyNanos += nanos;
    replicaPages += fromReplica ? 1 : 0;
    rowsMeter.increment(pageRows);
    bytesMeter.increment((double) pageBytes);
    (fromReplica ? replicaPagesMeter : otherPagesMeter).record(nanos, TimeUnit.NANOSECONDS);
  }

  /** Counts a page that is asked for again. */
  public void retry(RetryReason reason) {
    switch (reason) {
      case TIMEOUT -> timeouts++;
      case TOO_MUCH -> refusals++;
      case OVERLOADED -> overloads++;
      case UNREACHABLE -> unreachable++;
      case SERVER_ERROR -> serverErrors++;
    }
    Metrics.counter("ringside.read.retries", "reason", reason.name()).increment();
  }

  /** Counts a page made smaller. */
  public void pageReduced() {
    reductions++;
    Metrics.counter("ringside.read.page-reductions").increment();
  }

  /** Counts a token range cut in two. */
  public void rangeSplit() {
    splits++;
    Metrics.counter("ringside.read.range-cuts").increment();
  }

  /** Counts a target whose rows the task reads and evaluates itself. */
  public void fellBack() {
    fallBacks++;
    Metrics.counter("ringside.read.fall-backs").increment();
  }

  /** Counts a page that a second owner is asked for while the first has not answered. */
  public void hedged() {
    hedges++;
    Metrics.counter("ringside.read.hedges").increment();
  }

  /** The present values, by the names of {@link ReadMetrics}. */
  public CustomTaskMetric[] values() {
    return new CustomTaskMetric[] {
      new TaskMetric(ReadMetrics.RowsRead.NAME, rows),
      new TaskMetric(ReadMetrics.BytesRead.NAME, bytes),
      new TaskMetric(ReadMetrics.PagesRead.NAME, pages),
      new TaskMetric(ReadMetrics.PageLatency.NAME, TimeUnit.NANOSECONDS.toMillis(latencyNanos)),
      new TaskMetric(ReadMetrics.ReplicaPages.NAME, replicaPages),
      new TaskMetric(ReadMetrics.TimeoutRetries.NAME, timeouts),
      new TaskMetric(ReadMetrics.TooMuchRetries.NAME, refusals),
      new TaskMetric(ReadMetrics.OverloadRetries.NAME, overloads),
      new TaskMetric(ReadMetrics.UnreachableRetries.NAME, unreachable),
      new TaskMetric(ReadMetrics.ServerErrorRetries.NAME, serverErrors),
      new TaskMetric(ReadMetrics.PageReductions.NAME, reductions),
      new TaskMetric(ReadMetrics.RangeSplits.NAME, splits),
      new TaskMetric(ReadMetrics.FallBacks.NAME, fallBacks),
      new TaskMetric(ReadMetrics.Hedges.NAME, hedges)
    };
  }
}
