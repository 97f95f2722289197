// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read;

import io.ringside.spark.cql.Selection;
import io.ringside.spark.read.fetch.BatchVectors;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

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
    for (int i = 0; i < vectors.cells().size(); i++) {
      vectors.cells().get(i).reset(cells(selections.get(i).kind()), 1);
    }
    this.row = new ColumnarBatch(vectors.shown().toArray(ColumnVector[]::new), 1);
  }

  private static ByteBuffer[] cells(Selection.Kind kind) {
    boolean count = kind == Selection.Kind.COUNT || kind == Selection.Kind.COUNT_ROWS;
    ByteBuffer[] cells = new ByteBuffer[1];
    if (count) {
      cells[0] = ByteBuffer.allocate(Long.BYTES);
    }
    return cells;
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
