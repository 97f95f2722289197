// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import io.ringside.spark.cql.Selection;
import io.ringside.spark.types.vector.RowCursor;
import java.nio.ByteBuffer;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** One aggregate over the rows of a group. Used by the task's thread. */
final class Accumulator {
  private final Kind kind;
  private long count;
  private long sum;
  private @Nullable ByteBuffer cell;

  Accumulator(Kind kind) {
    this.kind = kind;
  }

  /**
   * What is computed.
   *
   * @param position of the column in a row, -1 for an aggregate of no column
   * @param order of the column's cells
   */
  record Kind(Selection.Kind function, int position, DataType type, Comparator<ByteBuffer> order) {

    /** The kind, or null when a task cannot compute it. */
    static @Nullable Kind of(Selection.Kind function, int position, DataType type) {
      Comparator<ByteBuffer> order =
          switch (function) {
            case MIN, MAX -> CellOrder.of(type);
            case VALUE, COUNT_ROWS, COUNT -> CellOrder.equality(type);
            case SUM -> isSmall(type) ? CellOrder.of(type) : null;
            case WRITE_TIME, TTL, TOKEN, NOW -> null;
          };
      return order == null ? null : new Kind(function, position, type, order);
    }

    private static boolean isSmall(DataType type) {
      return type.equals(DataTypes.TINYINT)
          || type.equals(DataTypes.SMALLINT)
          || type.equals(DataTypes.INT);
    }
  }

  /** Takes one row more, which the cursor is at. */
  void add(RowCursor row) {
    if (kind.function() == Selection.Kind.COUNT_ROWS) {
      count++;
      return;
    }
    ByteBuffer value = row.cell(kind.position());
    if (kind.function() == Selection.Kind.VALUE) {
      cell = value;
    } else if (value != null && CellOrder.hasValue(kind.type(), value)) {
      count++;
      if (kind.function() == Selection.Kind.SUM) {
        sum += integer(value);
      } else if (kind.function() != Selection.Kind.COUNT) {
        extreme(value);
      }
    }
  }

  /** The cell of the answer. */
  @Nullable ByteBuffer result() {
    return switch (kind.function()) {
      case COUNT_ROWS, COUNT -> bigint(count);
      case SUM -> count == 0 ? null : bigint(sum);
      default -> cell;
    };
  }

  private void extreme(ByteBuffer value) {
    int comparison = cell == null ? 0 : kind.order().compare(value, cell);
    boolean better = kind.function() == Selection.Kind.MIN ? comparison < 0 : comparison > 0;
    if (cell == null || better) {
      cell = value;
    }
  }

  private static long integer(ByteBuffer value) {
    int at = value.position();
    return switch (value.remaining()) {
      case Byte.BYTES -> value.get(at);
      case Short.BYTES -> value.getShort(at);
      default -> value.getInt(at);
    };
  }

  private static ByteBuffer bigint(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(0, value);
  }
}
