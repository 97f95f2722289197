// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import io.ringside.spark.types.vector.EncodedRows;
import io.ringside.spark.types.vector.RowCursor;
import io.ringside.spark.types.vector.RowsEncoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the rows that fulfil conditions, and copies them, so that a page is let go of which few
 * rows were chosen. One per target, used by the task's thread.
 */
final class RowFilter implements RowWork {
  private final List<RowCondition> conditions;
  private final RowsEncoder chosen;

  /**
   * A filter.
   *
   * @param columns leading cells of a row that are given
   */
  RowFilter(List<RowCondition> conditions, int columns) {
    this.conditions = conditions;
    this.chosen = new RowsEncoder(columns);
  }

  @Override
  public @Nullable EncodedRows take(EncodedRows rows) {
    RowCursor row = new RowCursor(rows);
    while (row.next()) {
      if (holds(conditions, row)) {
        chosen.add(row);
      }
    }
    return chosen.isEmpty() ? null : chosen.take();
  }

  @Override
  public @Nullable EncodedRows end() {
    return null;
  }

  static boolean holds(List<RowCondition> conditions, RowCursor row) {
    for (RowCondition condition : conditions) {
      if (!condition.holds(row)) {
        return false;
      }
    }
    return true;
  }
}
