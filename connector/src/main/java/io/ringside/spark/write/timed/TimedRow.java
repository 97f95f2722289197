// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.timed;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects the values of one row by their times: those of one write time and time to live are
 * written together. Pure; one per row.
 *
 * <p>CQL does not return when the row itself was inserted. It gets the write time of its first cell
 * and the life of the one that lives longest: it is then deleted by whatever deletes that cell, and
 * ends with its last. A row without cells gets the job's time and lives for ever; one whose cells
 * have all expired since they were read is not written.
 */
final class TimedRow {
  private final int slots;
  private final long jobMicros;
  private final Map<CellTime, @Nullable ByteBuffer[]> together = new LinkedHashMap<>();
  private final List<Change> later = new ArrayList<>();
  private @Nullable CellTime marker;
  private boolean expired;

  /**
   * A row without values.
   *
   * @param slots how many there are
   * @param jobMicros the job's write time, microseconds since the epoch
   */
  TimedRow(int slots, long jobMicros) {
    this.slots = slots;
    this.jobMicros = jobMicros;
  }

  /**
   * Values that are written at once.
   *
   * @param values by slot, null for none
   * @param inserts whether the row itself gets these times
   */
  record Change(CellTime time, List<@Nullable ByteBuffer> values, boolean inserts) {}

  /** Sets a slot; other times of the same slot add to it. */
  void set(int slot, ByteBuffer value, CellTime time) {
    together.computeIfAbsent(time, any -> new @Nullable ByteBuffer[slots])[slot] = value;
  }

  /** Sets a slot after all that was set, and after all that was set so before. */
  void setLater(int slot, ByteBuffer value, CellTime time) {
    @Nullable ByteBuffer[] values = new @Nullable ByteBuffer[slots];
    values[slot] = value;
    later.add(new Change(time, Arrays.asList(values), false));
  }

  /** The row itself lives with a cell of this time. */
  void live(CellTime time) {
    marker = marker == null ? time : marker.and(time, jobMicros);
  }

  /** The row had a cell that lives no more. */
  void expired() {
    expired = true;
  }

  /** What to write, in order, of the values alone. */
  List<Change> updates() {
    List<Change> changes = new ArrayList<>();
    together.forEach((time, values) -> changes.add(new Change(time, Arrays.asList(values), false)));
    changes.addAll(later);
    return changes;
  }

  /** What to write, in order, with the row itself; nothing when all of it has expired. */
  List<Change> inserts() {
    CellTime time = marker;
    if (time == null) {
      if (expired) {
        return updates();
      }
      time = CellTime.OF_JOB;
    }
    @Nullable ByteBuffer[] values = together.remove(time);
    List<Change> changes = new ArrayList<>();
    changes.add(
        new Change(
            time, Arrays.asList(values == null ? new @Nullable ByteBuffer[slots] : values), true));
    changes.addAll(updates());
    return changes;
  }
}
