// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.timed;

import com.datastax.oss.driver.api.core.type.ListType;
import io.ringside.spark.write.timed.TimedCells.Cell;
import io.ringside.spark.write.timed.TimedCells.Slot;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts the values of rows into the slots of their times: a whole value or a field as it is, the
 * elements of a collection that have the same times as one collection. One per task.
 */
final class TimedSlots {
  private final List<Cell> cells;
  private final int count;
  private final int[] first;

  TimedSlots(TimedCells timed) {
    this.cells = timed.cells();
    this.first = new int[cells.size()];
    List<Slot> slots = timed.slots();
    this.count = slots.size();
    for (int s = count - 1; s >= 0; s--) {
      first[slots.get(s).cell()] = s;
    }
  }

  /** How many there are. */
  int count() {
    return count;
  }

  /**
   * Puts a value into a row, but for parts that live no more.
   *
   * @param elapsed seconds since the row was read
   */
  void collect(TimedRow row, TimedValue value, long elapsed) {
    Cell cell = cells.get(value.cell());
    boolean keepsOrder = cell.byElement() && cell.column().type() instanceof ListType;
    Map<CellTime, List<ByteBuffer>> elements = new LinkedHashMap<>();
    CellTime last = null;
    boolean later = false;
    for (int p = 0; p < value.parts().size(); p++) {
      ByteBuffer part = value.parts().get(p);
      if (part == null) {
        continue;
      }
      CellTime time = value.times().get(p).after(elapsed);
      if (!cell.isStatic()) {
        note(row, time);
      }
      if (time == null) {
        continue;
      }
      int slot = first[value.cell()];
      if (!cell.byElement() || cell.fields() > 0) {
        row.set(slot + p, part, time);
        continue;
      }
      if (keepsOrder && last != null && !last.equals(time)) {
        write(row, slot, elements, later);
        later = true;
      }
      last = time;
      elements.computeIfAbsent(time, any -> new ArrayList<>()).add(part);
    }
    write(row, first[value.cell()], elements, later);
  }

  private static void note(TimedRow row, @Nullable CellTime time) {
    if (time == null) {
      row.expired();
    } else {
      row.live(time);
    }
  }

  private static void write(
      TimedRow row, int slot, Map<CellTime, List<ByteBuffer>> elements, boolean later) {
    elements.forEach(
        (time, together) -> {
          ByteBuffer collection = ElementCells.collection(together);
          if (later) {
            row.setLater(slot, collection, time);
          } else {
            row.set(slot, collection, time);
          }
        });
    elements.clear();
  }
}
