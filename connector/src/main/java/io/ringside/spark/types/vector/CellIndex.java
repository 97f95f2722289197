// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types.vector;

import java.util.Arrays;
import java.util.List;

/**
 * Where the cells of a batch of rows begin: one number for each cell, row after row, which is the
 * index of its first byte in the batch's array; the cell's length stands in the four bytes before.
 * The numbers are found in one pass and their array serves all batches of a task. (Column after
 * column was measured, too: it is no faster with few columns and slower with many, as Spark reads
 * row after row.) Not thread-safe.
 */
public final class CellIndex {
  private final int columns;
  private int[] starts = {};
  private byte[] bytes = {};
  private int rows;

  /**
   * An index of no rows.
   *
   * @param columns first cells of each row that are wanted
   */
  public CellIndex(int columns) {
    this.columns = columns;
  }

  /** An index of these rows, with all of their columns. */
  public static CellIndex of(EncodedRows batch) {
    CellIndex index = new CellIndex(batch.columns());
    index.point(batch);
    return index;
  }

  /**
   * Points at a batch; views of this index must then be reset.
   *
   * @throws UnreadableRowsException when the batch is cut off, or has too few columns
   */
  public void point(EncodedRows batch) {
    rows = 0;
    bytes = batch.bytes();
    add(batch);
  }

  /**
   * Points at the rows of several batches, copied behind one another into an array of their own.
   */
  public void point(List<EncodedRows> batches) {
    if (batches.size() == 1) {
      point(batches.get(0));
      return;
    }
    long size = 0;
    for (EncodedRows batch : batches) {
      size += batch.bytes().length - batch.start();
    }
    rows = 0;
    bytes = new byte[Math.toIntExact(size)];
    int at = 0;
    for (EncodedRows batch : batches) {
      int length = batch.bytes().length - batch.start();
      System.arraycopy(batch.bytes(), batch.start(), bytes, at, length);
      add(new EncodedRows(bytes, at, batch.count(), batch.columns()));
      at += length;
    }
  }

  private void add(EncodedRows batch) {
    if (batch.columns() < columns && batch.count() > 0) {
      throw new UnreadableRowsException(
          "the rows of a page have %d cells where %d were asked for. The table has changed since the query was planned: load it again."
              .formatted(batch.columns(), columns));
    }
    int cell = rows * columns;
    rows += batch.count();
    if (starts.length < rows * columns) {
      starts = Arrays.copyOf(starts, Math.max(rows * columns, starts.length * 2));
    }
    int at = batch.start();
    try {
      for (int row = 0; row < batch.count(); row++) {
        at = batch.locate(at, columns, starts, cell);
        cell += columns;
      }
    } catch (IndexOutOfBoundsException e) {
      throw batch.truncated();
    }
    if (at < 0 || at > bytes.length) {
      throw batch.truncated();
    }
  }

  /** Number of rows. */
  public int rows() {
    return rows;
  }

  /** First cells of each row that are known. */
  public int columns() {
    return columns;
  }

  /** The batch's array. */
  public byte[] bytes() {
    return bytes;
  }

  /** The numbers: that of a cell is at {@code row * columns() + column}. */
  public int[] starts() {
    return starts;
  }
}
