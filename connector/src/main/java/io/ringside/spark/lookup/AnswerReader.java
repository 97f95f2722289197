// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.lookup;

import io.ringside.spark.read.fetch.BatchVectors;
import io.ringside.spark.types.vector.CellIndex;
import io.ringside.spark.types.vector.EncodedRows;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.jspecify.annotations.Nullable;

/** Reads the rows of one page after another as the result has them. One per task. */
final class AnswerReader {
  private final BatchVectors vectors;
  private final CellIndex index;
  private final ColumnarBatch batch;
  private final ValueReader[] readers;

  /** Reads answers to this plan's query; at no page yet. */
  AnswerReader(LookupPlan plan) {
    this.vectors = BatchVectors.of(plan.table(), plan.query().columns(), plan.query().answer());
    this.index = new CellIndex(vectors.cells().size());
    this.batch = new ColumnarBatch(vectors.shown().toArray(ColumnVector[]::new));
    StructField[] fields = plan.query().answer().fields();
    this.readers = new ValueReader[fields.length];
    for (int f = 0; f < readers.length; f++) {
      readers[f] = ValueReaders.of(fields[f].dataType());
    }
  }

  /** Goes to a page. */
  void point(EncodedRows page) {
    index.point(page);
    vectors.reset(index);
    batch.setNumRows(index.rows());
  }

  /** Copies the values of one row of the page. */
  void read(int row, @Nullable Object[] into, int from) {
    InternalRow values = batch.getRow(row);
    for (int f = 0; f < readers.length; f++) {
      into[from + f] = ValueReaders.valueOrNull(values, f, readers[f]);
    }
  }

  /** Number of columns. */
  int columns() {
    return readers.length;
  }
}
