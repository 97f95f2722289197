// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types.vector;

import io.ringside.spark.types.VInt;
import java.util.Arrays;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.jspecify.annotations.Nullable;

/**
 * View over lists, sets and vectors as arrays. Costs one object per array that is asked for, none
 * per element.
 */
abstract class ArrayVector extends NestedVector {
  private final CellVector element;
  private final CellSlices elements = new CellSlices();
  private int[] offsets = new int[0];

  private ArrayVector(DataType type, CellVector element, String path, int smallest) {
    super(type, path, smallest);
    this.element = element;
  }

  @Override
  final void index(int rows) {
    elements.clear();
    if (offsets.length <= rows) {
      offsets = Arrays.copyOf(offsets, Math.max(rows + 1, 2 * offsets.length));
    }
    for (int row = 0; row < rows; row++) {
      offsets[row] = elements.count();
      if (size(row) > 0) {
        addElements(elements, row);
      }
    }
    offsets[rows] = elements.count();
    element.reset(bytes(), elements);
  }

  /** Notes the elements of a row that is not empty. */
  abstract void addElements(CellSlices into, int row);

  @Override
  public final @Nullable ColumnarArray getArray(int rowId) {
    if (isNullAt(rowId)) {
      return null;
    }
    ensureIndexed();
    return new ColumnarArray(element, offsets[rowId], offsets[rowId + 1] - offsets[rowId]);
  }

  /** Elements after their number, each after its length. */
  static final class OfList extends ArrayVector {
    OfList(DataType type, CellVector element, String path) {
      super(type, element, path, 0);
    }

    @Override
    void addElements(CellSlices into, int row) {
      int count = readCount(row);
      int at = start(row) + Integer.BYTES;
      for (int i = 0; i < count; i++) {
        at = addSized(into, row, at);
      }
    }
  }

  /** A known number of elements of one size. */
  static final class OfFixedVector extends ArrayVector {
    private final int dimensions;
    private final int width;

    OfFixedVector(DataType type, CellVector element, String path, int dimensions, int width) {
      super(type, element, path, 1);
      this.dimensions = dimensions;
      this.width = width;
    }

    @Override
    void addElements(CellSlices into, int row) {
      if (size(row) != (long) dimensions * width) {
        throw VectorErrors.malformed(
            path(), size(row), dimensions + " times " + width + " are needed");
      }
      int at = start(row);
      for (int i = 0; i < dimensions; i++) {
        into.add(at, width);
        at += width;
      }
    }
  }

  /** A known number of elements, each after its length of one to nine bytes. */
  static final class OfSizedVector extends ArrayVector {
    private final int dimensions;

    OfSizedVector(DataType type, CellVector element, String path, int dimensions) {
      super(type, element, path, 1);
      this.dimensions = dimensions;
    }

    @Override
    void addElements(CellSlices into, int row) {
      int at = start(row);
      for (int i = 0; i < dimensions; i++) {
        checkWithin(row, at, 1);
        int header = VInt.size(byteAt(at));
        checkWithin(row, at, header);
        long size = VInt.unsigned(bytes(), at);
        at += header;
        checkWithin(row, at, size & Long.MAX_VALUE);
        into.add(at, (int) size);
        at += (int) size;
      }
    }
  }
}
