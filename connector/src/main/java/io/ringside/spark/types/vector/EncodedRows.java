// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types.vector;

import io.ringside.spark.types.BigEndian;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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

  /**
   * The rows in runs of those that have the same bytes in a column, each in an array of its own
   * unless there is one run only.
   *
   * @param column from 0 on, never null in any row
   * @throws UnreadableRowsException when the array ends first, or there is no such column
   */
  public List<Run> runs(int column) {
    if (count > 0 && column >= columns) {
      throw truncated();
    }
    List<Run> runs = new ArrayList<>();
    int[] cells = new int[column + 1];
    int begin = start;
    int rows = 0;
    int key = 0;
    try {
      int at = start;
      for (int row = 0; row < count; row++) {
        int next = locate(at, column + 1, cells, 0);
        if (rows > 0 && !isSameCell(key, cells[column])) {
          runs.add(run(begin, at, rows, key));
          begin = at;
          rows = 0;
        }
        key = cells[column];
        at = next;
        rows++;
      }
      if (rows > 0) {
        runs.add(run(begin, at, rows, key));
      }
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw truncated();
    }
    return runs;
  }

  private boolean isSameCell(int a, int b) {
    return Arrays.equals(bytes, a - HEADER_BYTES, cellEnd(a), bytes, b - HEADER_BYTES, cellEnd(b));
  }

  private int cellEnd(int cell) {
    return cell + Math.max(0, BigEndian.getInt(bytes, cell - HEADER_BYTES));
  }

  private Run run(int from, int to, int rows, int key) {
    ByteBuffer value = ByteBuffer.wrap(bytes, key, cellEnd(key) - key).asReadOnlyBuffer();
    EncodedRows own =
        rows == count
            ? this
            : new EncodedRows(Arrays.copyOfRange(bytes, from, to), 0, rows, columns);
    return new Run(value, own);
  }

  /**
   * Rows that follow one another and have the same value in a column.
   *
   * @param value from position to limit
   */
  public record Run(ByteBuffer value, EncodedRows rows) {}

  /** Says that the array ends before its rows. */
  UnreadableRowsException truncated() {
    return UnreadableRowsException.damaged(
        "a page says that it has %d rows of %d cells, which do not end within its %d bytes"
            .formatted(count, columns, bytes.length - start));
  }
}
