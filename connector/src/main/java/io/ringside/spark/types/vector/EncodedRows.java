// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types.vector;

import io.ringside.spark.types.BigEndian;

/**
 * Rows in the form in which the native protocol answers them: row after row, cell after cell, each
 * cell after its length as an integer of four bytes, which is negative for a null. They are one
 * array, which nobody changes, so that views of it stay valid as long as they are kept. Immutable.
 */
public final class EncodedRows {
  /** The length in front of each cell. */
  public static final int HEADER_BYTES = Integer.BYTES;

  /** No rows, of no columns. */
  public static final EncodedRows NONE = new EncodedRows(new byte[0], 0, 0, 0);

  private final byte[] bytes;
  private final int start;
  private final int count;
  private final int columns;

  /**
   * Rows that begin at an index of an array; what follows them there is not read.
   *
   * @param bytes not changed any more
   * @param count number of rows, 0 or more
   * @param columns cells of each row, 0 or more
   */
  public EncodedRows(byte[] bytes, int start, int count, int columns) {
    this.bytes = bytes;
    this.start = start;
    this.count = count;
    this.columns = columns;
  }

  /** Number of rows, 0 or more. */
  public int count() {
    return count;
  }

  /** Cells of each row. */
  public int columns() {
    return columns;
  }

  /** Bytes of heap that the rows keep from being freed: those of the array. */
  public long heapBytes() {
    return bytes.length;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Where the first row begins. */
  int start() {
    return start;
  }

  /**
   * Finds the cells of one row.
   *
   * @param at where the row begins
   * @param wanted how many of its first cells are noted, at most {@link #columns()}
   * @param cells takes the index of each wanted cell's first byte; its length stands in the four
   *     bytes before
   * @param from the first index of {@code cells} to use
   * @return where the next row begins
   * @throws IndexOutOfBoundsException when the array ends first; the last cell may yet reach beyond
   *     it, which the caller finds out from the result
   */
  int locate(int at, int wanted, int[] cells, int from) {
    int next = at;
    for (int c = 0; c < wanted; c++) {
      int value = next + HEADER_BYTES;
      cells[from + c] = value;
      next = value + Math.max(0, BigEndian.getInt(bytes, next));
    }
    for (int c = wanted; c < columns; c++) {
      next += HEADER_BYTES + Math.max(0, BigEndian.getInt(bytes, next));
    }
    return next;
  }

  /** Says that the array ends before its rows. */
  UnreadableRowsException truncated() {
    return new UnreadableRowsException(
        ("a page says that it has %d rows of %d cells, which do not end within its"
                + " %d bytes. The answer was damaged on its way, or what answered is not Cassandra:"
                + " run the query again, and look at the logs of the nodes.")
            .formatted(count, columns, bytes.length - start));
  }
}
