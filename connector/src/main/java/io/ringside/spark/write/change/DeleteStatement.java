// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.change;

import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.write.rows.MutationBuilder;
import io.ringside.spark.write.rows.Preparer;
import io.ringside.spark.write.send.Mutation;
import io.ringside.spark.write.send.Repetition;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@code DELETE} by the cells of a row, prepared when it is first used. One per task. */
final class DeleteStatement {
  private final Deletions deletions;
  private final String cql;
  private final RowCells row;
  private final int[] key;
  private final Preparer preparer;
  private @Nullable MutationBuilder prepared;

  /**
   * Not prepared yet.
   *
   * @param cql its markers are the write time, if deletions have one, and the key
   * @param row the cells that it is bound to
   * @param key columns of the row, in the order of the markers
   */
  DeleteStatement(
      Deletions deletions, String cql, RowCells row, List<ColumnSpec> key, Preparer preparer) {
    this.deletions = deletions;
    this.cql = cql;
    this.row = row;
    this.key = row.positions(key);
    this.preparer = preparer;
  }

  /**
   * The deletion by the cells of a row.
   *
   * @throws io.ringside.spark.error.InvalidInputException when a part of the key is null
   */
  Mutation of(@Nullable ByteBuffer[] cells) {
    MutationBuilder mutation = prepared;
    if (mutation == null) {
      mutation = new MutationBuilder(deletions.table(), preparer.prepare(cql).bind());
      prepared = mutation;
    }
    deletions.bindTime(mutation);
    for (int i : key) {
      mutation.key(cells[i], row.column(i).name());
    }
    return mutation.build(null, Repetition.SAME);
  }
}
