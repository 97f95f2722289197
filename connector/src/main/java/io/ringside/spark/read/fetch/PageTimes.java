// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * How long the pages of one statement take, as the tasks of this JVM have seen it: estimated as TCP
 * estimates its time-out (RFC 6298), by a smoothed time and its smoothed deviation. Shared by
 * tasks, so that a task need not learn it anew. On executors; thread-safe.
 */
final class PageTimes {
  private static final Cache<String, PageTimes> OF_STATEMENTS =
      Caffeine.newBuilder()
          .maximumSize(1000)
          .expireAfterAccess(Duration.ofMinutes(10))
          .executor(Runnable::run)
          .build();

  private boolean known;
  private double smoothed;
  private double deviation;

  /** Those of a statement, by its table and text. */
  static PageTimes of(String cql) {
    return OF_STATEMENTS.get(cql, text -> new PageTimes());
  }

  /** Notes how long a page took. */
  synchronized void arrived(long nanos) {
    if (!known) {
      known = true;
      smoothed = nanos;
      deviation = nanos / 2.0;
    } else {
      deviation += (Math.abs(smoothed - nanos) - deviation) / 4;
      smoothed += (nanos - smoothed) / 8;
    }
  }

  /** Nanoseconds that nearly all pages stay below; empty before any page has arrived. */
  synchronized OptionalLong nearlyAll() {
    return known ? OptionalLong.of((long) (smoothed + 4 * deviation)) : OptionalLong.empty();
  }
}
