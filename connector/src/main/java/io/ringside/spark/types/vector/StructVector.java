// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types.vector;

import java.util.Arrays;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;

/**
 * View over tuples and user-defined types: fields one after another, each after its length. A value
 * may end before the last field, as those written before a field was added do, and go on after it,
 * as those written since the query was planned may. Only the fields wanted are noted.
 */
final class StructVector extends NestedVector {
  private static final int UNWANTED = -1;

  private final CellVector[] children;
  private final CellSlices[] fields;
  private final int[] childAt;

  /**
   * @param children the views that Spark asks for, in its order
   * @param positions where each of them stands among the fields in Cassandra
   * @param size the number of fields in Cassandra up to the last one wanted
   */
  StructVector(StructType type, CellVector[] children, int[] positions, int size, String path) {
    super(type, path, 0);
    this.children = children;
    this.fields = new CellSlices[children.length];
    this.childAt = new int[size];
    Arrays.fill(childAt, UNWANTED);
    for (int i = 0; i < children.length; i++) {
      fields[i] = new CellSlices();
      childAt[positions[i]] = i;
    }
  }

  @Override
  void index(int rows) {
    for (CellSlices field : fields) {
      field.clear();
    }
    for (int row = 0; row < rows; row++) {
      indexRow(row);
    }
    for (int i = 0; i < children.length; i++) {
      children[i].reset(bytes(), fields[i]);
    }
  }

  private void indexRow(int row) {
    boolean isNull = isNullAt(row);
    int at = isNull ? 0 : start(row);
    int end = isNull ? 0 : end(row);
    for (int child : childAt) {
      if (at == end) {
        if (child != UNWANTED) {
          fields[child].addNull();
        }
      } else if (child != UNWANTED) {
        at = addSized(fields[child], row, at);
      } else {
        int size = Math.max(0, readInt(row, at));
        at += Integer.BYTES;
        checkWithin(row, at, size);
        at += size;
      }
    }
  }

  @Override
  public ColumnVector getChild(int ordinal) {
    ensureIndexed();
    return children[ordinal];
  }
}
