// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.send;

import io.ringside.spark.config.WriteConfig;
import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The write times that the requests of a job get. Made on the driver, sent to executors.
 *
 * @param startMicros microseconds since the epoch, or null when each coordinator gives its own
 * @param order how later requests of a task differ from earlier ones
 */
public record WriteTimes(@Nullable Long startMicros, Order order) implements Serializable {

  /** How write times follow one another. */
  public enum Order {
    /** All are the same. */
    ONE,
    /**
     * Each request of a task has a later one than those before, by {@link WriteClock#STEP_MICROS},
     * so that of several rows of one key in one task the last one wins with all its cells.
     */
    ASCENDING
  }

  /**
   * The write time of a job as options say.
   *
   * @param nowMicros the job's start, microseconds since the epoch
   * @return microseconds since the epoch, or null when coordinators give it
   */
  public static @Nullable Long startMicros(WriteConfig write, long nowMicros) {
    return switch (write.rows().timestamp().source()) {
      case JOB -> nowMicros;
      case SERVER -> null;
      case FIXED -> write.rows().timestamp().micros();
    };
  }

  /** The present, in microseconds since the epoch. */
  public static long nowMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }

  /** Each coordinator gives its own. */
  public static WriteTimes ofCoordinators() {
    return new WriteTimes(null, Order.ONE);
  }

  /** All are the same. */
  public static WriteTimes at(long micros) {
    return new WriteTimes(micros, Order.ONE);
  }

  /** Each request of a task has a later one than those before, from the given one on. */
  public static WriteTimes from(long micros) {
    return new WriteTimes(micros, Order.ASCENDING);
  }

  /** The clock of one attempt at a task. */
  public WriteClock clock(TaskPlace place) {
    return order == Order.ASCENDING
        ? WriteClock.ascending(startMicros, place)
        : WriteClock.still(startMicros);
  }
}
