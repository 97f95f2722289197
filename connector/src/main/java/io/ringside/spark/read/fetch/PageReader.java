// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import io.ringside.spark.metric.ReadTaskMetrics;
import io.ringside.spark.session.SessionLease;
import io.ringside.spark.types.CellVector;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Hands a scan's pages to Spark, each as one columnar batch: an array of cells per column, which
 * the vectors view without copying a byte. The arrays and vectors serve all pages of the task. One
 * per task.
 */
public final class PageReader extends ScanReader {
  private static final int ENOUGH_ROWS = 1024;

  private final CellVector[] vectors;
  private final ByteBuffer[][] cells;

  /** A reader of all rows of the scan. */
  public PageReader(
      SessionLease lease,
      TargetScan scan,
      BatchVectors vectors,
      ReadTaskMetrics metrics,
      Runnable atEnd) {
    super(lease, scan, vectors, metrics, atEnd);
    this.vectors = vectors.cells().toArray(CellVector[]::new);
    this.cells = new ByteBuffer[this.vectors.length][0];
  }

  @Override
  public boolean next() {
    int rows = 0;
    Page page = nextPage();
    // Look-ups of keys and aggregates come in pages of a row or two: one batch for what is there.
    while (page != null) {
      rows = fill(page, rows);
      page = rows < ENOUGH_ROWS ? scan().ready() : null;
    }
    for (int c = 0; c < vectors.length; c++) {
      vectors[c].reset(cells[c], rows);
    }
    get().setNumRows(rows);
    return rows > 0;
  }

  private int fill(Page page, int from) {
    int rows = from + page.rows();
    for (int c = 0; c < cells.length; c++) {
      if (cells[c].length < rows) {
        cells[c] = Arrays.copyOf(cells[c], Math.max(rows, cells[c].length * 2));
      }
    }
    page.copyTo(cells, from);
    return rows;
  }
}
