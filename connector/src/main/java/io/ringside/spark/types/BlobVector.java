// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types;

import java.nio.ByteBuffer;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/** View over {@code blob} cells; copies unless a cell is the whole of its array. */
final class BlobVector extends CellVector {
  BlobVector(String path) {
    super(DataTypes.BinaryType, path, 0);
  }

  @Override
  public byte @Nullable [] getBinary(int rowId) {
    int size = size(rowId);
    if (size < 0) {
      return null;
    }
    ByteBuffer buffer = buffer(rowId);
    if (buffer.arrayOffset() == 0 && size == buffer.array().length) {
      return buffer.array();
    }
    byte[] copy = new byte[size];
    buffer.get(start(rowId), copy);
    return copy;
  }
}
