// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types.encode;

import java.nio.ByteBuffer;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.jspecify.annotations.Nullable;

/**
 * Turns one value of a Spark row into the bytes of a cell. Not thread-safe; one per column and
 * task.
 */
@FunctionalInterface
public interface CellEncoder {
  /**
   * Appends the cell as a request has it: four bytes with its length, then its bytes. Appends
   * nothing for a Spark null.
   *
   * @param row a row, or an array whose elements are cells
   * @return whether there is a cell
   * @throws io.ringside.spark.error.InvalidInputException INVALID_VALUE, naming the column, for a
   *     value that the CQL type cannot hold
   */
  boolean encode(SpecializedGetters row, int ordinal, CellOutput out);

  /**
   * The cell's bytes without their length, in an array of their own, or null for a Spark null.
   *
   * @param row a row, or an array whose elements are cells
   * @throws io.ringside.spark.error.InvalidInputException INVALID_VALUE, naming the column, for a
   *     value that the CQL type cannot hold
   */
  default @Nullable ByteBuffer encode(SpecializedGetters row, int ordinal) {
    CellOutput out = new CellOutput();
    return encode(row, ordinal, out) ? ByteBuffer.wrap(out.copyOfSized(0)) : null;
  }
}
