// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types.vector;

import io.ringside.spark.types.BigEndian;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes {@link EncodedRows} of cells that came in another way. Not thread-safe. */
public final class RowsEncoder {
  private static final int FIRST_CAPACITY = 128;

  private final int columns;
  private byte[] bytes = new byte[FIRST_CAPACITY];
  private int size;
  private int rows;

  /**
   * An encoder that has no row.
   *
   * @param columns cells of each row
   */
  public RowsEncoder(int columns) {
    this.columns = columns;
  }

  /** One row. */
  public static EncodedRows encode(@Nullable ByteBuffer... cells) {
    RowsEncoder encoder = new RowsEncoder(cells.length);
    encoder.add(cells);
    return encoder.take();
  }

  /** Adds a row; the cells, null for a null, stay as they are. */
  public void add(@Nullable ByteBuffer[] row) {
    for (int c = 0; c < columns; c++) {
      addCell(row[c]);
    }
    rows++;
  }

  /** Adds the row that a cursor is at, without the cells beyond this encoder's columns. */
  public void add(RowCursor cursor) {
    int length = cursor.endOf(columns) - cursor.start();
    grow(length);
    System.arraycopy(cursor.bytes(), cursor.start(), bytes, size, length);
    size += length;
    rows++;
  }

  /** Whether no row was added since the last {@link #take()}. */
  public boolean isEmpty() {
    return rows == 0;
  }

  /** The rows added so far, which are then no longer this encoder's. */
  public EncodedRows take() {
    EncodedRows taken = new EncodedRows(Arrays.copyOf(bytes, size), 0, rows, columns);
    size = 0;
    rows = 0;
    return taken;
  }

  private void addCell(@Nullable ByteBuffer cell) {
    int length = cell == null ? 0 : cell.remaining();
    grow(EncodedRows.HEADER_BYTES + length);
    BigEndian.putInt(bytes, size, cell == null ? -1 : length);
    size += EncodedRows.HEADER_BYTES;
    if (cell != null) {
      cell.get(cell.position(), bytes, size, length);
      size += length;
    }
  }

  private void grow(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), grown()));
    }
  }

  private int grown() {
    return (int) Math.min(Integer.MAX_VALUE - Long.BYTES, 2L * bytes.length);
  }
}
