// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types.vector;

import org.apache.spark.sql.types.DataType;

/**
 * View over cells that hold other values. Where those are is found out once per page, when the
 * first of them is asked for, so that a column which a filter or a condition passes over costs
 * nothing; at each level of nesting alike.
 */
abstract class NestedVector extends CellVector {
  private boolean indexed;

  NestedVector(DataType type, String path, int smallest) {
    super(type, path, smallest);
  }

  @Override
  final void moved() {
    indexed = false;
  }

  /** Sees to it that the values inside of all cells are known. */
  final void ensureIndexed() {
    if (!indexed) {
      index(count());
      indexed = true;
    }
  }

  /** Finds the values of this many first rows and points the inner views at them. */
  abstract void index(int rows);

  /** The index after the end of a row that is not null. */
  final int end(int row) {
    return start(row) + size(row);
  }

  /**
   * Notes a value that comes after its length of four bytes, which is negative for null.
   *
   * @return the index after it
   */
  final int addSized(CellSlices slices, int row, int at) {
    int size = readInt(row, at);
    int value = at + Integer.BYTES;
    if (size < 0) {
      slices.addNull();
      return value;
    }
    checkWithin(row, value, size);
    slices.add(value, size);
    return value + size;
  }

  /** The number at an index, which must be within the row. */
  final int readInt(int row, int at) {
    checkWithin(row, at, Integer.BYTES);
    return intAt(at);
  }

  /** The number of values that a row begins with. */
  final int readCount(int row) {
    int found = readInt(row, start(row));
    if (found < 0) {
      throw malformed(row);
    }
    return found;
  }

  final void checkWithin(int row, int at, long size) {
    if (size > end(row) - at) {
      throw malformed(row);
    }
  }

  final RuntimeException malformed(int row) {
    return VectorErrors.unreadableValue(
        path(), "a value of " + size(row) + " bytes ends before what it says is in it");
  }
}
