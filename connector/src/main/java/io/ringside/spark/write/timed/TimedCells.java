// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.timed;

import com.datastax.oss.driver.api.core.type.MapType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.write.rows.Part;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How rows are written whose cells bring their own write time and time to live. Sent to executors.
 *
 * @param key the primary key's columns in the data
 * @param cells the other columns in the data
 * @param readTime ordinal of the field with the moment that times to live count from; {@link #NONE}
 *     when they count from now
 * @param insert writes the row's key and its whole values, with markers for the key, the whole
 *     values of {@link #slots}, a time and a TTL; null when the data has no clustering columns and
 *     so no rows
 * @param update writes {@link #slots}, with markers for a time, a TTL, the slots and the key
 * @param updatePartition as {@code update}, of the static columns of a partition; null when there
 *     are none
 */
public record TimedCells(
    List<Part> key,
    List<Cell> cells,
    int readTime,
    @Nullable String insert,
    @Nullable String update,
    @Nullable String updatePartition)
    implements Serializable {
  /** In place of an ordinal: no such field. */
  static final int NONE = -1;

  /** Copies the lists. */
  public TimedCells {
    key = List.copyOf(key);
    cells = List.copyOf(cells);
  }

  /**
   * A column with its times.
   *
   * @param writeTime ordinal of the field with its write time
   * @param ttl ordinal of the field with its seconds to live
   * @param byElement whether these fields are arrays, an entry for each element
   */
  public record Cell(Part value, int writeTime, int ttl, boolean byElement)
      implements Serializable {
    ColumnSpec column() {
      return value.column();
    }

    boolean isStatic() {
      return column().kind() == ColumnKind.STATIC;
    }

    /** The fields that are set one by one, 0 for other types. */
    int fields() {
      return byElement && column().type() instanceof UserDefinedType udt
          ? udt.getFieldNames().size()
          : 0;
    }

    /** Values that an element has on the wire. */
    int valuesOfElement() {
      return column().type() instanceof MapType ? 2 : 1;
    }
  }

  /**
   * What one marker sets: a whole column, elements of it or a field.
   *
   * @param cell position in {@link TimedCells#cells}
   * @param field position of the field, {@link #NONE} for none
   * @param whole whether the value takes the column's place
   */
  record Slot(int cell, int field, boolean whole) {}

  /** All slots, in the order of the cells. */
  List<Slot> slots() {
    List<Slot> slots = new ArrayList<>();
    for (int c = 0; c < cells.size(); c++) {
      int fields = cells.get(c).fields();
      if (fields == 0) {
        slots.add(new Slot(c, NONE, !cells.get(c).byElement()));
      }
      for (int f = 0; f < fields; f++) {
        slots.add(new Slot(c, f, false));
      }
    }
    return slots;
  }
}
