// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types;

import java.nio.ByteBuffer;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.jspecify.annotations.Nullable;

/**
 * Turns one value of a Spark row into the bytes of a cell. Costs one buffer with one array of
 * exactly the cell's size. Not thread-safe; one per column and task.
 */
@FunctionalInterface
public interface CellEncoder {
  /**
   * The cell's bytes, ready to be bound, or null for a Spark null.
   *
   * @param row a row, or an array whose elements are cells
   * @throws io.ringside.spark.error.ConnectorException INVALID_VALUE, naming the column, for a
   *     value that the CQL type cannot hold
   */
  @Nullable ByteBuffer encode(SpecializedGetters row, int ordinal);
}
