// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.send;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Gives the requests of one attempt at a task their write times. One per task attempt; any thread.
 *
 * <p>Example: a job of two tasks that starts at 1,000,000 has times 1,000,000, 1,000,016, 1,000,032
 * in the first attempt at its first task, and 1,000,001, 1,000,017, 1,000,033 in the second one. So
 * no two attempts at a task ever write at the same time: had they read their rows in different
 * orders, Cassandra would else choose between them cell by cell. Its second task starts at
 * 1,001,000, so that of a few rows that Spark spreads over tasks the last one wins, too.
 *
 * <p>A task sends fewer than 62,500 requests in a second, so that its write times stay behind the
 * clock and hide nothing that is written after the job.
 */
public final class WriteClock {
  /** Between the write times of two requests of a task; attempts have their times in between. */
  static final long STEP_MICROS = 16;

  /** Between the first write times of two tasks, at most. */
  private static final long MOST_BETWEEN_TASKS_MICROS = 1000;

  /** Between the first write times of the first task and of the last one, at most. */
  private static final long MOST_OF_JOB_MICROS = 50_000;

  private final @Nullable Long start;
  private final long step;
  private final AtomicLong requests = new AtomicLong();

  private WriteClock(@Nullable Long start, long step) {
    this.start = start;
    this.step = step;
  }

  /** One time for all requests, or null when coordinators give it. */
  static WriteClock still(@Nullable Long micros) {
    return new WriteClock(micros, 0);
  }

  /** Later times for later requests, or null when coordinators give them. */
  static WriteClock ascending(@Nullable Long startMicros, TaskPlace place) {
    return new WriteClock(
        startMicros == null ? null : (Long) (startMicros + offset(place)), STEP_MICROS);
  }

  private static long offset(TaskPlace place) {
    long between =
        Math.min(MOST_BETWEEN_TASKS_MICROS, MOST_OF_JOB_MICROS / Math.max(1, place.tasks()));
    long ofTask = place.task() * between / STEP_MICROS * STEP_MICROS;
    return ofTask + place.attempt() % STEP_MICROS;
  }

  /** The next write time in microseconds since the epoch, or null when coordinators give it. */
  public @Nullable Long next() {
    return start == null ? null : (Long) (start + step * requests.getAndIncrement());
  }
}
