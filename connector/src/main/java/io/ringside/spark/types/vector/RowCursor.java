// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types.vector;

import io.ringside.spark.types.BigEndian;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Goes through rows one by one, for what reads whole rows or few of them. A cell that is asked for
 * costs a buffer, a view of the rows' array. Not thread-safe.
 */
public final class RowCursor {
  private final EncodedRows rows;
  private final int[] cells;
  private int start;
  private int end;
  private int taken;

  /** A cursor before the first row. */
  public RowCursor(EncodedRows rows) {
    this.rows = rows;
    this.cells = new int[rows.columns()];
    this.end = rows.start();
  }

  /** A cursor where another one is now; each then goes on by itself. */
  public RowCursor(RowCursor other) {
    this.rows = other.rows;
    this.cells = other.cells.clone();
    this.start = other.start;
    this.end = other.end;
    this.taken = other.taken;
  }

  /** Rows after the one that the cursor is at. */
  public int remaining() {
    return rows.count() - taken;
  }

  /**
   * Goes to the next row; false after the last one.
   *
   * @throws UnreadableRowsException when the row is cut off
   */
  public boolean next() {
    if (remaining() == 0) {
      return false;
    }
    start = end;
    try {
      end = rows.locate(start, cells.length, cells, 0);
    } catch (IndexOutOfBoundsException e) {
      throw rows.truncated();
    }
    if (end < 0 || end > rows.bytes().length) {
      throw rows.truncated();
    }
    taken++;
    return true;
  }

  /** A cell of the row, with its bytes from position to limit, or null. */
  public @Nullable ByteBuffer cell(int column) {
    int at = cells[column];
    int size = BigEndian.getInt(rows.bytes(), at - EncodedRows.HEADER_BYTES);
    return size < 0 ? null : ByteBuffer.wrap(rows.bytes(), at, size).slice();
  }

  byte[] bytes() {
    return rows.bytes();
  }

  /** Where the row begins. */
  int start() {
    return start;
  }

  /** The end of this many first cells of the row. */
  int endOf(int columns) {
    return columns == cells.length ? end : cells[columns] - EncodedRows.HEADER_BYTES;
  }
}
