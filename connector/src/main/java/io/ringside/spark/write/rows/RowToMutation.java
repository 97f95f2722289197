// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.rows;

import io.ringside.spark.write.send.Mutation;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;

/** Turns rows of the data into mutations. One per task, used by its thread. */
@FunctionalInterface
public interface RowToMutation {
  /**
   * The mutation that writes a row, or an earlier one that was held back; nothing of the row is
   * kept by reference.
   *
   * @return null when there is nothing to write now
   * @throws io.ringside.spark.error.InvalidInputException when a key column is null or a value does
   *     not fit its column
   */
  @Nullable Mutation of(InternalRow row);

  /**
   * The mutation of a row that was held back, as the next row might have had its key. Asked for
   * after the last row.
   *
   * @return null when none is held back
   */
  default @Nullable Mutation last() {
    return null;
  }
}
