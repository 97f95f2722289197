// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.flow;

import io.ringside.spark.config.RateLimit;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Spreads work over time so that a rate is kept, as a leaky bucket does: what is done now moves the
 * moment when the next may start. Time not used is lost but for a tenth of a second. Pure: the time
 * is given. One per task, used by the task's thread.
 */
public final class RatePacer {
  private static final long MOST_UNUSED_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final @Nullable RateLimit limit;
  private boolean started;
  private long freeNanos;

  /**
   * A pacer that has let nothing pass yet.
   *
   * @param limit of this task, or null for none
   */
  public RatePacer(@Nullable RateLimit limit) {
    this.limit = limit;
  }

  /**
   * Notes that work is done, now or as soon as the pacer allows.
   *
   * @param rows of the work
   * @param bytes of the work
   */
  public void note(int rows, long bytes, long nowNanos) {
    if (limit == null) {
      return;
    }
    long amount = limit.unit() == RateLimit.Unit.ROWS ? rows : bytes;
    long earliest = nowNanos - MOST_UNUSED_NANOS;
    if (!started || freeNanos - earliest < 0) {
      freeNanos = started ? earliest : nowNanos;
      started = true;
    }
    freeNanos += (long) (amount / limit.perSecond() * TimeUnit.SECONDS.toNanos(1));
  }

  /** Nanoseconds until more may be done; 0 for at once. */
  public long delayNanos(long nowNanos) {
    return limit == null || !started ? 0 : Math.max(0, freeNanos - nowNanos);
  }
}
