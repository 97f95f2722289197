// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.change;

import io.ringside.spark.write.rows.Preparer;
import io.ringside.spark.write.rows.RowToMutation;
import io.ringside.spark.write.send.Mutation;
import java.nio.ByteBuffer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;

/** Deletes all rows of keys. One per task, used by its thread. */
final class KeyDeletes implements RowToMutation {
  private final RowCells cells;
  private final DeleteStatement statement;

  /** Deletes by the key columns of rows. */
  KeyDeletes(Deletions deletions, StoredRows rows, Preparer preparer) {
    this.cells = new RowCells(rows.columns(), rows.types(), deletions.send().write().rows());
    this.statement =
        new DeleteStatement(deletions, deletions.cql(rows.key()), cells, rows.key(), preparer);
  }

  /** Reads the cells of the rows. */
  RowCells cells() {
    return cells;
  }

  @Override
  public Mutation of(InternalRow key) {
    return of(cells.of(key));
  }

  /** As {@link #of(InternalRow)}, of cells that have been read. */
  Mutation of(@Nullable ByteBuffer[] key) {
    return statement.of(key);
  }
}
