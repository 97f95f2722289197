// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import io.ringside.spark.types.vector.EncodedRows;
import io.ringside.spark.types.vector.RowCursor;
import io.ringside.spark.types.vector.RowsEncoder;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates rows as the server would: to one row, or to one of each group, where the rows of a
 * group follow one another. One per target, used by the task's thread.
 */
final class RowAggregation implements RowWork {
  private final List<RowCondition> conditions;
  private final List<Accumulator.Kind> kinds;
  private final int[] groupPositions;
  private final RowsEncoder finished;
  private @Nullable ByteBuffer[] group = {};
  private List<Accumulator> accumulators = List.of();

  /**
   * An aggregation that has seen no row.
   *
   * @param kinds what each cell of an answer is
   * @param groupPositions cells of a row that name its group; none where all rows are one
   */
  RowAggregation(
      List<RowCondition> conditions, List<Accumulator.Kind> kinds, int[] groupPositions) {
    this.conditions = conditions;
    this.kinds = kinds;
    this.groupPositions = groupPositions;
    this.finished = new RowsEncoder(kinds.size());
    if (groupPositions.length == 0) {
      startGroup(new ByteBuffer[0]);
    }
  }

  @Override
  public @Nullable EncodedRows take(EncodedRows rows) {
    RowCursor row = new RowCursor(rows);
    while (row.next()) {
      if (!RowFilter.holds(conditions, row)) {
        continue;
      }
      if (groupPositions.length > 0) {
        ByteBuffer[] of = groupOf(row);
        if (accumulators.isEmpty() || !Arrays.equals(of, group)) {
          endGroup();
          startGroup(of);
        }
      }
      for (Accumulator accumulator : accumulators) {
        accumulator.add(row);
      }
    }
    return finished();
  }

  @Override
  public @Nullable EncodedRows end() {
    endGroup();
    return finished();
  }

  private ByteBuffer[] groupOf(RowCursor row) {
    ByteBuffer[] cells = new ByteBuffer[groupPositions.length];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = row.cell(groupPositions[i]);
    }
    return cells;
  }

  private void startGroup(ByteBuffer[] of) {
    group = of;
    accumulators = kinds.stream().map(Accumulator::new).toList();
  }

  private void endGroup() {
    if (!accumulators.isEmpty()) {
      finished.add(accumulators.stream().map(Accumulator::result).toArray(ByteBuffer[]::new));
      accumulators = List.of();
    }
  }

  private @Nullable EncodedRows finished() {
    return finished.isEmpty() ? null : finished.take();
  }
}
