// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.metric.ReadTaskMetrics;
import io.ringside.spark.types.vector.CellIndex;
import io.ringside.spark.types.vector.EncodedRows;
import io.ringside.spark.types.vector.UnreadableRowsException;
import java.util.List;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.jspecify.annotations.Nullable;

/**
 * Hands what a scan answers to Spark, in one batch that is filled again and again: Spark has
 * consumed it before it asks for the next. One per task.
 */
public abstract class ScanReader implements PartitionReader<ColumnarBatch> {
  private final Runnable release;
  private final TargetScan scan;
  private final ReadTaskMetrics metrics;
  private final BatchVectors vectors;
  private final CellIndex index;
  private final ColumnarBatch batch;
  private @Nullable Runnable atEnd;

  /**
   * A reader that closes the scan and gives back the session.
   *
   * @param release gives it back
   * @param atEnd runs once when all rows have been read, and throws where rows are missing
   */
  ScanReader(
      Runnable release,
      TargetScan scan,
      BatchVectors vectors,
      ReadTaskMetrics metrics,
      Runnable atEnd) {
    this.atEnd = atEnd;
    this.release = release;
    this.scan = scan;
    this.metrics = metrics;
    this.vectors = vectors;
    this.index = new CellIndex(vectors.cells().size());
    this.batch = new ColumnarBatch(vectors.shown().toArray(ColumnVector[]::new));
  }

  /**
   * Fills the batch with the next rows.
   *
   * @return false when there are none
   * @throws ConnectorException READ_FAILED when rows cannot be read, or are missing at the end
   */
  @Override
  public final boolean next() {
    try {
      return fill();
    } catch (UnreadableRowsException e) {
      throw scan.unreadable(e);
    }
  }

  /** Fills the batch with the next rows; returns false when there are none. */
  abstract boolean fill();

  /** The scan that this reads. */
  final TargetScan scan() {
    return scan;
  }

  /**
   * The scan's next page, or null after the last one.
   *
   * @throws ConnectorException READ_FAILED when rows cannot be read, or are missing at the end
   */
  final @Nullable EncodedRows nextPage() {
    EncodedRows page = scan.next();
    Runnable check = atEnd;
    if (page == null && check != null) {
      atEnd = null;
      if (!scan.hasEnough()) {
        check.run();
      }
    }
    return page;
  }

  /** Number of first cells of each row that are shown. */
  final int columns() {
    return index.columns();
  }

  /** Lets the batch show these rows; the numbers that say where cells are serve all batches. */
  final void show(List<EncodedRows> pages) {
    index.point(pages);
    vectors.reset(index);
    batch.setNumRows(index.rows());
  }

  @Override
  public final ColumnarBatch get() {
    return batch;
  }

  @Override
  public final CustomTaskMetric[] currentMetricsValues() {
    return metrics.values();
  }

  @Override
  public final void close() {
    scan.close();
    release.run();
  }
}
