// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types.vector;

import java.util.Arrays;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.vectorized.ColumnarMap;
import org.jspecify.annotations.Nullable;

/** View over maps: entries after their number, each key and each value after its length. */
final class MapVector extends NestedVector {
  private final CellVector key;
  private final CellVector value;
  private final CellSlices keys = new CellSlices();
  private final CellSlices values = new CellSlices();
  private int[] offsets = new int[0];

  MapVector(DataType type, CellVector key, CellVector value, String path) {
    super(type, path, 0);
    this.key = key;
    this.value = value;
  }

  @Override
  void index(int rows) {
    keys.clear();
    values.clear();
    if (offsets.length <= rows) {
      offsets = Arrays.copyOf(offsets, Math.max(rows + 1, 2 * offsets.length));
    }
    for (int row = 0; row < rows; row++) {
      offsets[row] = keys.count();
      if (size(row) > 0) {
        int count = readCount(row);
        int at = start(row) + Integer.BYTES;
        for (int i = 0; i < count; i++) {
          at = addSized(keys, row, at);
          at = addSized(values, row, at);
        }
      }
    }
    offsets[rows] = keys.count();
    key.reset(bytes(), keys);
    value.reset(bytes(), values);
  }

  @Override
  public @Nullable ColumnarMap getMap(int rowId) {
    if (isNullAt(rowId)) {
      return null;
    }
    ensureIndexed();
    return new ColumnarMap(key, value, offsets[rowId], offsets[rowId + 1] - offsets[rowId]);
  }
}
