// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.timed;

import org.jspecify.annotations.Nullable;

/**
 * When a cell was written and how long it lives from now.
 *
 * @param micros write time, microseconds since the epoch; null for that of the job
 * @param ttl seconds, greater than 0; 0 for ever
 */
record CellTime(@Nullable Long micros, int ttl) {
  /** That of the job, for ever. */
  static final CellTime OF_JOB = new CellTime(null, 0);

  /**
   * The write time of what was written first and the life of what lives longest.
   *
   * @param jobMicros the job's write time
   */
  CellTime and(CellTime other, long jobMicros) {
    long mine = micros == null ? jobMicros : micros;
    long others = other.micros == null ? jobMicros : other.micros;
    Long first = others < mine ? other.micros : micros;
    return new CellTime(first, ttl == 0 || other.ttl == 0 ? 0 : Math.max(ttl, other.ttl));
  }
}
