// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import io.ringside.spark.metric.ReadTaskMetrics;
import io.ringside.spark.types.vector.EncodedRows;
import java.util.ArrayList;
import java.util.List;

/**
 * Hands a scan's pages to Spark, each as one columnar batch, whose vectors view the page's array
 * without copying a byte. One per task.
 */
public final class PageReader extends ScanReader {
  private static final int ENOUGH_ROWS = 1024;
  private static final int ENOUGH_BYTES = 256 << 10;

  private final List<EncodedRows> batch = new ArrayList<>();

  /** A reader of all rows of the scan. */
  public PageReader(
      Runnable release,
      TargetScan scan,
      BatchVectors vectors,
      ReadTaskMetrics metrics,
      Runnable atEnd) {
    super(release, scan, vectors, metrics, atEnd);
  }

  @Override
  boolean fill() {
    batch.clear();
    int rows = 0;
    long bytes = 0;
    EncodedRows page = nextPage();
    // Look-ups of keys and aggregates come in pages of a row or two: one batch for what is there.
    while (page != null) {
      batch.add(page);
      rows += page.count();
      bytes += page.heapBytes();
      page = rows < ENOUGH_ROWS && bytes < ENOUGH_BYTES ? scan().ready() : null;
    }
    show(batch);
    return rows > 0;
  }
}
