// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import com.datastax.oss.driver.api.core.cql.Row;
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
      SessionLease lease, TargetScan scan, BatchVectors vectors, ReadTaskMetrics metrics) {
    super(lease, scan, vectors, metrics);
    this.cells = vectors.cells();
  }

  @Override
  public boolean next() {
    if (done) {
      return false;
    }
    long[] counts = new long[cells.size()];
    for (TargetScan.Page page = scan().next(); page != null; page = scan().next()) {
      for (Row row : page.rows().currentPage()) {
        for (int c = 0; c < counts.length; c++) {
          counts[c] += row.getLong(c);
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
