// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types.vector;

import io.ringside.spark.types.BigEndian;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.apache.spark.sql.vectorized.ColumnarMap;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * A view over one column of one page: cells stay in the page's array and are decoded when Spark
 * asks for them. A value of an absent cell is null or zero. Not thread-safe; one per column and
 * task, pointed at page after page.
 */
public abstract class CellVector extends ColumnVector {
  private static final int NOT_COUNTED = -1;

  private final String path;
  private final int smallest;
  private byte[] bytes = {};
  private int[] starts = {};
  private int first;
  private int stride;
  private int @Nullable [] sizes;
  private int count;
  private int nulls;

  /**
   * @param path the column, and where in it, for errors
   * @param smallest the size in bytes below which a value is null: 1 for types with no meaningful
   *     empty value, else 0
   */
  CellVector(DataType type, String path, int smallest) {
    super(type);
    this.path = path;
    this.smallest = smallest;
  }

  /**
   * Points this view at a column of a batch of rows.
   *
   * @param index read until the next call
   * @param column less than the number of columns in the index
   */
  public final void reset(CellIndex index, int column) {
    point(index.bytes(), index.starts(), null, index.rows());
    first = column;
    stride = index.columns();
  }

  /** Points this view at values inside of other cells; read until the next call. */
  final void reset(byte[] page, CellSlices slices) {
    point(page, slices.starts(), slices.sizes(), slices.count());
    first = 0;
    stride = 1;
  }

  private void point(byte[] page, int[] indexes, int @Nullable [] lengths, int rows) {
    this.bytes = page;
    this.starts = indexes;
    this.sizes = lengths;
    this.count = rows;
    this.nulls = NOT_COUNTED;
    moved();
  }

  /** Called when the view points elsewhere. */
  void moved() {}

  /** The number of rows. */
  final int count() {
    return count;
  }

  final String path() {
    return path;
  }

  /** The array that holds all rows. */
  final byte[] bytes() {
    return bytes;
  }

  /** The index of a row's first byte; of no meaning for a null within another cell. */
  final int start(int rowId) {
    return starts[rowId * stride + first];
  }

  /** A row's length in bytes, or less than 0 for a null cell. */
  final int size(int rowId) {
    int[] inner = sizes;
    return inner == null
        ? BigEndian.getInt(bytes, start(rowId) - EncodedRows.HEADER_BYTES)
        : inner[rowId];
  }

  final byte byteAt(int at) {
    return bytes[at];
  }

  final short shortAt(int at) {
    return BigEndian.getShort(bytes, at);
  }

  final int intAt(int at) {
    return BigEndian.getInt(bytes, at);
  }

  final long longAt(int at) {
    return BigEndian.getLong(bytes, at);
  }

  /**
   * Explains why a row has not the fixed size of its type: returns for null and empty cells.
   *
   * @throws io.ringside.spark.error.InvalidInputException INVALID_VALUE for any other size
   */
  final void checkAbsent(int size, int expected) {
    if (size > 0) {
      throw VectorErrors.malformed(path, size, expected + " are needed");
    }
  }

  @Override
  public final boolean isNullAt(int rowId) {
    return size(rowId) < smallest;
  }

  @Override
  public final boolean hasNull() {
    return numNulls() > 0;
  }

  @Override
  public final int numNulls() {
    if (nulls == NOT_COUNTED) {
      int found = 0;
      for (int row = 0; row < count; row++) {
        if (isNullAt(row)) {
          found++;
        }
      }
      nulls = found;
    }
    return nulls;
  }

  /** Does nothing: the view holds no memory of its own and serves the next page. */
  @Override
  public final void close() {}

  /** Does nothing, for the same reason; Spark calls this after each batch. */
  @Override
  public final void closeIfFreeable() {}

  @Override
  public boolean getBoolean(int rowId) {
    throw notOfThisType("boolean");
  }

  @Override
  public byte getByte(int rowId) {
    throw notOfThisType("byte");
  }

  @Override
  public short getShort(int rowId) {
    throw notOfThisType("short");
  }

  @Override
  public int getInt(int rowId) {
    throw notOfThisType("int");
  }

  @Override
  public long getLong(int rowId) {
    throw notOfThisType("long");
  }

  @Override
  public float getFloat(int rowId) {
    throw notOfThisType("float");
  }

  @Override
  public double getDouble(int rowId) {
    throw notOfThisType("double");
  }

  @Override
  public @Nullable ColumnarArray getArray(int rowId) {
    throw notOfThisType("array");
  }

  @Override
  public @Nullable ColumnarMap getMap(int rowId) {
    throw notOfThisType("map");
  }

  @Override
  public @Nullable Decimal getDecimal(int rowId, int precision, int scale) {
    throw notOfThisType("decimal");
  }

  @Override
  public @Nullable UTF8String getUTF8String(int rowId) {
    throw notOfThisType("string");
  }

  @Override
  public byte @Nullable [] getBinary(int rowId) {
    throw notOfThisType("binary");
  }

  @Override
  public ColumnVector getChild(int ordinal) {
    throw notOfThisType("struct");
  }

  private UnsupportedOperationException notOfThisType(String asked) {
    return new UnsupportedOperationException(
        "Cannot read column '"
            + path
            + "' as "
            + asked
            + ": its Spark type is "
            + dataType().catalogString()
            + ". Use the accessor of that type.");
  }
}
