// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import io.ringside.spark.metric.ReadTaskMetrics;
import io.ringside.spark.session.SessionLease;
import io.ringside.spark.types.CellVector;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Adds up the counts of all token ranges to one row, so that Spark needs no second stage. One per
 * task.
 */
public final class CountReader extends ScanReader {
  private final List<CellVector> cells;
  private boolean done;

  /** A reader of counts: each of the query's selections is one. */
  public CountReader(
      SessionLease lease,
      TargetScan scan,
      BatchVectors vectors,
      ReadTaskMetrics metrics,
      Runnable atEnd) {
    super(lease, scan, vectors, metrics, atEnd);
    this.cells = vectors.cells();
  }

  @Override
  public boolean next() {
    if (done) {
      return false;
    }
    long[] counts = new long[cells.size()];
    for (Page page = nextPage(); page != null; page = nextPage()) {
      ByteBuffer[][] columns = new ByteBuffer[counts.length][page.rows()];
      page.copyTo(columns, 0);
      for (int c = 0; c < counts.length; c++) {
        for (ByteBuffer count : columns[c]) {
          counts[c] += count.getLong(0);
        }
      }
    }
    for (int c = 0; c < counts.length; c++) {
      ByteBuffer cell = ByteBuffer.allocate(Long.BYTES).putLong(0, counts[c]);
      cells.get(c).reset(new ByteBuffer[] {cell}, 1);
    }
    get().setNumRows(1);
    done = true;
    return true;
  }
}
