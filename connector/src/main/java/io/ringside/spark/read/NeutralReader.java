// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read;

import io.ringside.spark.cql.Selection;
import io.ringside.spark.read.fetch.BatchVectors;
import io.ringside.spark.types.vector.CellIndex;
import io.ringside.spark.types.vector.RowsEncoder;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.jspecify.annotations.Nullable;

/**
 * Answers an aggregate of no rows: one row, of zero for each count and null for the rest. Asks
 * nothing. One per task.
 */
final class NeutralReader implements PartitionReader<ColumnarBatch> {
  private final ColumnarBatch row;
  private boolean answered;

  /**
   * A reader that has not answered yet.
   *
   * @param selections the aggregates
   * @param vectors of what they answer
   */
  NeutralReader(List<Selection> selections, BatchVectors vectors) {
    ByteBuffer[] cells = new ByteBuffer[vectors.cells().size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = cell(selections.get(i).kind());
    }
    vectors.reset(CellIndex.of(RowsEncoder.encode(cells)));
    this.row = new ColumnarBatch(vectors.shown().toArray(ColumnVector[]::new), 1);
  }

  private static @Nullable ByteBuffer cell(Selection.Kind kind) {
    boolean count = kind == Selection.Kind.COUNT || kind == Selection.Kind.COUNT_ROWS;
    return count ? ByteBuffer.allocate(Long.BYTES) : null;
  }

  @Override
  public boolean next() {
    boolean first = !answered;
    answered = true;
    return first;
  }

  @Override
  public ColumnarBatch get() {
    return row;
  }

  @Override
  public void close() {
    row.close();
  }
}
