// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses the rows that fulfil conditions. One per target, used by the task's thread. */
final class RowFilter implements RowWork {
  private final List<RowCondition> conditions;
  private final int columns;

  /**
   * A filter.
   *
   * @param columns leading cells of a row that are given
   */
  RowFilter(List<RowCondition> conditions, int columns) {
    this.conditions = conditions;
    this.columns = columns;
  }

  @Override
  public @Nullable Page take(Answer rows) {
    List<ByteBuffer[]> chosen = new ArrayList<>();
    for (Row row : rows.rows()) {
      if (holds(conditions, row)) {
        ByteBuffer[] cells = new ByteBuffer[columns];
        for (int c = 0; c < columns; c++) {
          cells[c] = row.getBytesUnsafe(c);
        }
        chosen.add(cells);
      }
    }
    return chosen.isEmpty() ? null : new Page.Computed(chosen, heapOf(rows, chosen.size()));
  }

  @Override
  public @Nullable Page end() {
    return null;
  }

  private long heapOf(Answer rows, int chosen) {
    long heap = new PageBounds(1, 1, 1, columns, 0).heapOf(rows.count(), rows.bytes());
    return heap * chosen / rows.count();
  }

  static boolean holds(List<RowCondition> conditions, Row row) {
    for (RowCondition condition : conditions) {
      if (!condition.holds(row)) {
        return false;
      }
    }
    return true;
  }
}
