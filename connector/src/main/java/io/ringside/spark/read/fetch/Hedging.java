// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import java.util.concurrent.TimeUnit;

/**
 * Decides when a page is asked of a second owner because the first has not answered: after a delay
 * that nearly all pages of the scan stay below, estimated as TCP estimates its time-out (RFC 6298:
 * the smoothed time plus four times its smoothed deviation), and for no more than a twentieth of
 * the requests. Pure: the time is given. One per task, used by the task's thread.
 */
final class Hedging {
  /** Before any page has arrived. */
  private static final long FIRST_DELAY_NANOS = TimeUnit.SECONDS.toNanos(1);

  /**
   * Longer than a usual pause of a server's garbage collector, which is no reason to ask another
   * node.
   */
  private static final long LEAST_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private static final double SHARE = 0.05;
  private static final double MOST_SAVED = 4;

  private double smoothed;
  private double deviation;
  private boolean known;
  private double allowance = MOST_SAVED;

  /** Notes how long a page took. */
  void arrived(long nanos) {
    if (!known) {
      known = true;
      smoothed = nanos;
      deviation = nanos / 2.0;
    } else {
      deviation += (Math.abs(smoothed - nanos) - deviation) / 4;
      smoothed += (nanos - smoothed) / 8;
    }
  }

  /** Notes a first request for a page. */
  void requested() {
    allowance = Math.min(MOST_SAVED, allowance + SHARE);
  }

  /** Nanoseconds after which a page without an answer may be asked of another owner. */
  long delayNanos() {
    return known
        ? Math.max(LEAST_DELAY_NANOS, (long) (smoothed + 4 * deviation))
        : FIRST_DELAY_NANOS;
  }

  /** Whether one more hedged request stays within its share. */
  boolean isAllowed() {
    return allowance >= 1;
  }

  /** Counts a hedged request. */
  void hedged() {
    allowance--;
  }
}
