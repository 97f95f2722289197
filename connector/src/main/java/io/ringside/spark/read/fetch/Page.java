// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.util.List;

/** Rows that a scan gives to its reader, at least one. */
public sealed interface Page {
  /** Number of rows, at least 1. */
  int rows();

  /** Estimated bytes of heap that the page holds. */
  long heapBytes();

  /**
   * Puts the cells into an array per column. Called once.
   *
   * @param cells columns, each with room for the page's rows from {@code from} on; the page's
   *     further columns are left out
   */
  void copyTo(ByteBuffer[][] cells, int from);

  /** Rows as a server answered them. */
  record Answered(Iterable<Row> content, int rows, long heapBytes) implements Page {
    @Override
    public void copyTo(ByteBuffer[][] cells, int from) {
      int columns = cells.length;
      int r = from;
      for (Row row : content) {
        for (int c = 0; c < columns; c++) {
          cells[c][r] = row.getBytesUnsafe(c);
        }
        r++;
      }
    }
  }

  /**
   * Rows that the task computed or chose itself.
   *
   * @param content a row is an array of cells, null where a cell is null
   */
  record Computed(List<ByteBuffer[]> content, long heapBytes) implements Page {
    @Override
    public int rows() {
      return content.size();
    }

    @Override
    public void copyTo(ByteBuffer[][] cells, int from) {
      for (int r = 0; r < content.size(); r++) {
        ByteBuffer[] row = content.get(r);
        for (int c = 0; c < cells.length; c++) {
          cells[c][from + r] = row[c];
        }
      }
    }
  }
}
