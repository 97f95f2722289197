// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types.vector;

import java.util.Arrays;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/** View over {@code blob} cells; copies each that is asked for. */
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
    int start = start(rowId);
    return Arrays.copyOfRange(bytes(), start, start + size);
  }
}
