// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.lookup;

import io.ringside.spark.cql.CqlValue;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Takes the key of the table out of rows of the Dataset. One per task. */
final class KeyReader {
  private final int[] positions;
  private final KeyCell[] cells;

  /** Reads keys for this plan. */
  KeyReader(LookupPlan plan) {
    List<KeyColumn> key = plan.query().key();
    this.positions = key.stream().mapToInt(KeyColumn::position).toArray();
    this.cells = new KeyCell[positions.length];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = new KeyCell(plan.table(), key.get(i));
    }
  }

  /** The values of the key's columns, or null when no row of the table can have them. */
  @Nullable List<CqlValue> of(Row row) {
    List<CqlValue> key = new ArrayList<>(cells.length);
    for (int i = 0; i < cells.length; i++) {
      Object value = row.get(positions[i]);
      CqlValue cell = value == null ? null : cells[i].of(value);
      if (cell == null) {
        return null;
      }
      key.add(cell);
    }
    return key;
  }
}
