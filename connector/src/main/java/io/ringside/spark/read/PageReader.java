// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read;

import com.datastax.oss.driver.api.core.cql.Row;
import io.ringside.spark.metric.ReadTaskMetrics;
import io.ringside.spark.session.SessionLease;
import io.ringside.spark.types.CellVector;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Hands a scan's pages to Spark, each as one columnar batch: an array of cells per column, which
 * the vectors view without copying a byte. The arrays and vectors serve all pages of the task, as
 * Spark has consumed a batch before it asks for the next. One per task.
 */
final class PageReader implements PartitionReader<ColumnarBatch> {
  private final SessionLease lease;
  private final RangeScan scan;
  private final ReadTaskMetrics metrics;
  private final CellVector[] vectors;
  private final ByteBuffer[][] cells;
  private final ColumnarBatch batch;

  PageReader(SessionLease lease, RangeScan scan, CellVector[] vectors, ReadTaskMetrics metrics) {
    this.lease = lease;
    this.scan = scan;
    this.vectors = vectors;
    this.metrics = metrics;
    this.cells = new ByteBuffer[vectors.length][0];
    ColumnVector[] columns = Arrays.copyOf(vectors, vectors.length, ColumnVector[].class);
    this.batch = new ColumnarBatch(columns);
  }

  @Override
  public boolean next() {
    RangeScan.Page page = scan.next();
    if (page == null) {
      batch.setNumRows(0);
      return false;
    }
    batch.setNumRows(fill(page));
    return true;
  }

  private int fill(RangeScan.Page page) {
    int rows = page.rows().remaining();
    int columns = vectors.length;
    for (int c = 0; c < columns; c++) {
      if (cells[c].length < rows) {
        cells[c] = new ByteBuffer[Math.max(rows, cells[c].length * 2)];
      }
    }
    int r = 0;
    for (Row row : page.rows().currentPage()) {
      for (int c = 0; c < columns; c++) {
        cells[c][r] = row.getBytesUnsafe(c);
      }
      r++;
    }
    for (int c = 0; c < columns; c++) {
      vectors[c].reset(cells[c], r);
    }
    return r;
  }

  @Override
  public ColumnarBatch get() {
    return batch;
  }

  @Override
  public CustomTaskMetric[] currentMetricsValues() {
    return metrics.values();
  }

  @Override
  public void close() {
    scan.close();
    lease.close();
  }
}
