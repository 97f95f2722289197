// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import io.ringside.spark.metric.ReadTaskMetrics;
import io.ringside.spark.types.vector.EncodedRows;
import io.ringside.spark.types.vector.RowCursor;
import io.ringside.spark.types.vector.RowsEncoder;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

/**
 * Adds up the counts of all token ranges to one row, so that Spark needs no second stage. One per
 * task.
 */
public final class CountReader extends ScanReader {
  private boolean done;

  /** A reader of counts: each of the query's selections is one. */
  public CountReader(
      Runnable release,
      TargetScan scan,
      BatchVectors vectors,
      ReadTaskMetrics metrics,
      Runnable atEnd) {
    super(release, scan, vectors, metrics, atEnd);
  }

  @Override
  boolean fill() {
    if (done) {
      return false;
    }
    long[] counts = new long[columns()];
    for (EncodedRows page = nextPage(); page != null; page = nextPage()) {
      RowCursor row = new RowCursor(page);
      while (row.next()) {
        for (int c = 0; c < counts.length; c++) {
          counts[c] += Objects.requireNonNull(row.cell(c)).getLong(0);
        }
      }
    }
    ByteBuffer[] total = new ByteBuffer[counts.length];
    for (int c = 0; c < counts.length; c++) {
      total[c] = ByteBuffer.allocate(Long.BYTES).putLong(0, counts[c]);
    }
    show(List.of(RowsEncoder.encode(total)));
    done = true;
    return true;
  }
}
