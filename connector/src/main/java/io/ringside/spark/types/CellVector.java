// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types;

import java.nio.ByteBuffer;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.apache.spark.sql.vectorized.ColumnarMap;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * A view over one column of one page: cells stay in the bytes they came in and are decoded when
 * Spark asks for them. A value of an absent cell is null or zero. Not thread-safe; one per column
 * and task, pointed at page after page.
 */
public abstract class CellVector extends ColumnVector {
  private static final ByteBuffer[] NO_CELLS = {};
  private static final int NOT_COUNTED = -1;

  private final String path;
  private final int smallest;
  private @Nullable ByteBuffer[] cells = NO_CELLS;
  private int @Nullable [] starts;
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
   * Points this view at a page.
   *
   * @param cells one heap buffer per row from position to limit, or null for a null cell; read
   *     until the next call, so the caller may reuse the array but not change it before
   * @param count the number of rows, at most the array's length
   */
  public final void reset(@Nullable ByteBuffer[] cells, int count) {
    point(cells, null, null, count);
  }

  /** Points this view at values inside of other cells; read until the next call. */
  final void reset(CellSlices slices) {
    point(slices.buffers(), slices.starts(), slices.sizes(), slices.count());
  }

  private void point(
      @Nullable ByteBuffer[] buffers,
      int @Nullable [] startsInBuffers,
      int @Nullable [] sizesInBuffers,
      int rows) {
    this.cells = buffers;
    this.starts = startsInBuffers;
    this.sizes = sizesInBuffers;
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

  /** The buffer that holds a row which is not null. */
  @SuppressWarnings("NullAway") // The row is not null.
  final ByteBuffer buffer(int rowId) {
    return cells[rowId];
  }

  /** The absolute index of a row's first byte in its buffer; the row is not null. */
  final int start(int rowId) {
    int[] inner = starts;
    return inner == null ? buffer(rowId).position() : inner[rowId];
  }

  /** A row's length in bytes, or -1 for a null cell. */
  final int size(int rowId) {
    int[] inner = sizes;
    if (inner != null) {
      return inner[rowId];
    }
    ByteBuffer cell = cells[rowId];
    return cell == null ? -1 : cell.remaining();
  }

  /**
   * Explains why a row has not the fixed size of its type: returns for null and empty cells.
   *
   * @throws io.ringside.spark.error.ConnectorException INVALID_VALUE for any other size
   */
  final void checkAbsent(int size, int expected) {
    if (size > 0) {
      throw TypeErrors.malformed(path, size, expected + " are needed");
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
