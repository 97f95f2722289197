// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.change;

import org.apache.spark.sql.catalyst.InternalRow;

/** Turns changes of rows into mutations. One per task, used by its thread; sends nothing itself. */
public interface RowChanges {
  /**
   * Deletes a row. One without clustering columns stands for the static cells of a partition, which
   * has nothing else: then those are deleted.
   *
   * @param id the row as it is stored, its key at least
   */
  void delete(InternalRow id);

  /**
   * Writes the cells of a row that differ from those stored.
   *
   * @param id all columns of the row as it is stored
   * @throws io.ringside.spark.error.InvalidInputException when the row gets a key that it cannot
   *     have
   */
  void update(InternalRow id, InternalRow row);

  /** Inserts a row; its nulls leave cells as they are, or not, as the options say. */
  void insert(InternalRow row);
}
