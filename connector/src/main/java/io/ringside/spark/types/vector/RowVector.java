// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types.vector;

import java.util.List;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.apache.spark.sql.vectorized.ColumnarMap;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Shows several columns of a page as one struct that is never null, without copying a cell. Reading
 * a row checks that its key can be written again. One per task, used by the task's thread.
 */
public final class RowVector extends ColumnVector {
  private final ColumnVector[] fields;
  private final List<StoredKey> key;

  /**
   * A view of other views.
   *
   * @param fields those of the type's fields, in their order; reset and closed by their owner
   * @param key the key columns among them
   */
  public RowVector(StructType type, ColumnVector[] fields, List<StoredKey> key) {
    super(type);
    this.fields = fields.clone();
    this.key = List.copyOf(key);
  }

  @Override
  public ColumnVector getChild(int ordinal) {
    return fields[ordinal];
  }

  @Override
  public boolean hasNull() {
    return false;
  }

  @Override
  public int numNulls() {
    return 0;
  }

  /**
   * False. Spark asks before it reads a row.
   *
   * @throws io.ringside.spark.error.InvalidInputException INVALID_VALUE when the row's key cannot
   *     be written again from what Spark sees of it
   */
  @Override
  public boolean isNullAt(int rowId) {
    for (StoredKey column : key) {
      column.check(rowId);
    }
    return false;
  }

  /** Does nothing: the view holds no memory of its own and serves the next page. */
  @Override
  public void close() {}

  /** Does nothing, for the same reason; Spark calls this after each batch. */
  @Override
  public void closeIfFreeable() {}

  @Override
  public boolean getBoolean(int rowId) {
    throw notAStruct();
  }

  @Override
  public byte getByte(int rowId) {
    throw notAStruct();
  }

  @Override
  public short getShort(int rowId) {
    throw notAStruct();
  }

  @Override
  public int getInt(int rowId) {
    throw notAStruct();
  }

  @Override
  public long getLong(int rowId) {
    throw notAStruct();
  }

  @Override
  public float getFloat(int rowId) {
    throw notAStruct();
  }

  @Override
  public double getDouble(int rowId) {
    throw notAStruct();
  }

  @Override
  public ColumnarArray getArray(int rowId) {
    throw notAStruct();
  }

  @Override
  public ColumnarMap getMap(int rowId) {
    throw notAStruct();
  }

  @Override
  public Decimal getDecimal(int rowId, int precision, int scale) {
    throw notAStruct();
  }

  @Override
  public UTF8String getUTF8String(int rowId) {
    throw notAStruct();
  }

  @Override
  public byte[] getBinary(int rowId) {
    throw notAStruct();
  }

  private static UnsupportedOperationException notAStruct() {
    return new UnsupportedOperationException("Cannot read a row as a single value.");
  }
}
