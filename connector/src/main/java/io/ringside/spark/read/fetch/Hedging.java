// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import java.util.concurrent.TimeUnit;

/**
 * Decides when a page is asked of a second owner because the first has not answered: after a delay
 * that nearly all pages of the statement stay below, and for no more than a twentieth of the
 * requests. Pure: the time is given. One per task, used by the task's thread.
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

  private final PageTimes times;
  private double allowance = MOST_SAVED;

  Hedging(PageTimes times) {
    this.times = times;
  }

  /** Notes how long a page took. */
  void arrived(long nanos) {
    times.arrived(nanos);
  }

  /** Notes a first request for a page. */
  void requested() {
    allowance = Math.min(MOST_SAVED, allowance + SHARE);
  }

  /** Nanoseconds after which a page without an answer may be asked of another owner. */
  long delayNanos() {
    return Math.max(LEAST_DELAY_NANOS, times.nearlyAll().orElse(FIRST_DELAY_NANOS));
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
