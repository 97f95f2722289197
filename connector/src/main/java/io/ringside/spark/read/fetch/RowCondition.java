// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import com.datastax.oss.driver.api.core.type.DataType;
import io.ringside.spark.cql.Restriction;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.types.vector.RowCursor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A restriction as a task evaluates it. Used by the task's thread.
 *
 * @param position of the column in a row
 * @param values to compare with: one, or those of an {@code IN}
 */
record RowCondition(
    int position,
    DataType type,
    Restriction.Operator operator,
    List<ByteBuffer> values,
    Comparator<ByteBuffer> order) {

  /** The condition, or null when a task cannot compare cells of this type in this way. */
  static @Nullable RowCondition of(Restriction restriction, ColumnSpec column, int position) {
    boolean equality =
        restriction.operator() == Restriction.Operator.EQUAL
            || restriction.operator() == Restriction.Operator.IN;
    Comparator<ByteBuffer> order =
        equality ? CellOrder.equality(column.type()) : CellOrder.of(column.type());
    if (order == null) {
      return null;
    }
    ByteBuffer value = restriction.value().buffer();
    List<ByteBuffer> values =
        restriction.operator() == Restriction.Operator.IN ? elements(value) : List.of(value);
    return new RowCondition(position, column.type(), restriction.operator(), values, order);
  }

  /** Whether the row that the cursor is at fulfils it; a cell without a value never does. */
  boolean holds(RowCursor row) {
    ByteBuffer cell = row.cell(position);
    if (cell == null || !CellOrder.hasValue(type, cell)) {
      return false;
    }
    for (ByteBuffer value : values) {
      int comparison = order.compare(cell, value);
      boolean holds =
          switch (operator) {
            case EQUAL, IN -> comparison == 0;
            case GREATER -> comparison > 0;
            case GREATER_OR_EQUAL -> comparison >= 0;
            case LESS -> comparison < 0;
            case LESS_OR_EQUAL -> comparison <= 0;
          };
      if (holds) {
        return true;
      }
    }
    return false;
  }

  /** The elements of a CQL list (native protocol specification, version 4, section 6.12). */
  private static List<ByteBuffer> elements(ByteBuffer list) {
    int count = list.getInt();
    List<ByteBuffer> elements = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int length = list.getInt();
      elements.add(list.slice(list.position(), length));
      list.position(list.position() + length);
    }
    return elements;
  }
}
