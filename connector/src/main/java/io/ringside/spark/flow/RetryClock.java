// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.flow;

import org.jspecify.annotations.Nullable;

/**
 * How long pieces of work have failed without any progress. A piece that was cut from a larger one
 * goes on with the time of the whole, until one of the whole's pieces makes progress; then each has
 * its own time. So cutting work gains no time, and a piece that waited while others went on has
 * lost none. Used by one thread.
 */
final class RetryClock {
  private final @Nullable RetryClock whole;
  private boolean runs;
  private long firstFailureNanos;

  private RetryClock(@Nullable RetryClock whole) {
    this.whole = whole;
  }

  /** The clock of a piece of work that was cut from no other. */
  static RetryClock ofWhole() {
    return new RetryClock(null);
  }

  /** The clock of a part of this work. */
  RetryClock ofPart() {
    return new RetryClock(this);
  }

  /** Notes a failure; returns the nanoseconds since the first one without progress after it. */
  long failed(long nowNanos) {
    if (!runs) {
      runs = true;
      firstFailureNanos = nowNanos;
    }
    long first = firstFailureNanos;
    for (RetryClock outer = whole; outer != null; outer = outer.whole) {
      if (outer.runs && outer.firstFailureNanos - first < 0) {
        first = outer.firstFailureNanos;
      }
    }
    return nowNanos - first;
  }

  /** Notes progress of this piece, and so of all that it was cut from. */
  void progressed() {
    for (RetryClock clock = this; clock != null; clock = clock.whole) {
      clock.runs = false;
    }
  }
}
