// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.rows;

import io.ringside.spark.write.send.Mutation;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;

/** Turns rows of the data into mutations. One per task, used by its thread. */
@FunctionalInterface
public interface RowToMutation {
  /**
   * The mutation that writes a row; nothing of the row is kept by reference.
   *
   * @return null when there is nothing to write
   * @throws io.ringside.spark.error.InvalidInputException when a key column is null or a value does
   *     not fit its column
   */
  @Nullable Mutation of(InternalRow row);
}
