// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.types.vector.EncodedRows;
import java.util.List;

/**
 * Finds the number of rows that make a page of about the wanted bytes, and no page of more than the
 * most bytes.
 *
 * <p>Cassandra pages by rows alone (also version 5 of its protocol, in 5.0), so that the bytes of
 * an answer follow from the size of the rows, which is unknown until they arrive. Where the types
 * do not determine it, each target starts with a few rows and asks for at most four times as many
 * in the next page; and the largest rows that any target of the task has met lately bound the pages
 * of all others, while small rows of one target say nothing about those of another. One per task,
 * used by the task's thread.
 */
public final class PageSizer {
  /** What other clients ask for, and Cassandra is run with; more is hardly faster. */
  static final int MOST_ROWS = 5_000;

  /** Rows of the first page where the size of a row is unknown. */
  static final int FEW_ROWS = 16;

  /**
   * Rows of a target's first page when the size of rows is known from the pages of other targets.
   */
  static final int FIRST_ROWS = 512;

  /** The most by which the number of rows grows from one page to the next. */
  static final int GROWTH = 4;

  /** A page takes no less in the driver, however few rows it has. */
  private static final long LEAST_PAGE_BYTES = 4096;

  /** How much of what is known of the largest rows is forgotten with each page. */
  private static final double FORGOTTEN = 1.0 / 16;

  private final PageBounds bounds;
  private final double knownRowBytes;
  private final int fullRows;
  private int firstRows;
  private boolean learned;
  private double largestRow;
  private double pageHeap;

  private PageSizer(
      PageBounds bounds, double knownRowBytes, long firstRows, boolean learned, double pageHeap) {
    this.bounds = bounds;
    this.knownRowBytes = knownRowBytes;
    this.fullRows = bounds.clamp(firstRows);
    this.firstRows = fullRows;
    this.learned = learned;
    this.pageHeap = pageHeap;
  }

  /**
   * A sizer for rows of these columns.
   *
   * @param partitionBytes mean bytes of a partition, which no mean row exceeds, or 0 when unknown
   */
  public static PageSizer ofRows(
      PageBounds bounds, List<ColumnSpec> columns, double partitionBytes) {
    long rowBytes = 0;
    for (ColumnSpec column : columns) {
      int width = column.fixedWidth();
      if (width == 0) {
        return ofUnknownRows(bounds, partitionBytes);
      }
      rowBytes += EncodedRows.HEADER_BYTES + width;
    }
    return ofKnownRows(bounds, rowBytes);
  }

  /**
   * A sizer for rows whose size follows from their types.
   *
   * @param rowBytes more than 0
   */
  public static PageSizer ofKnownRows(PageBounds bounds, long rowBytes) {
    int rows = bounds.rowsOf((double) rowBytes, (double) rowBytes);
    return new PageSizer(bounds, rowBytes, rows, true, bounds.heapOf(rows, rows * rowBytes));
  }

  /**
   * A sizer for rows of any size: the first page is small, as one of a few rows of a megabyte must
   * not become one of thousands.
   *
   * @param partitionBytes mean bytes of a partition, which no mean row exceeds, or 0 when unknown
   */
  public static PageSizer ofUnknownRows(PageBounds bounds, double partitionBytes) {
    long first = partitionBytes > 0 ? (long) (bounds.pageBytes() / partitionBytes) : 0;
    return new PageSizer(
        bounds, 0, Math.max(FEW_ROWS, Math.min(FIRST_ROWS, first)), false, LEAST_PAGE_BYTES);
  }

  /**
   * A sizer for aggregates. Their answers say nothing about the size of the rows behind them, and
   * the server reads as many rows at a time as a page may have.
   *
   * @param rowBytes most bytes of a row's aggregated cells, or 0 when unknown
   */
  public static PageSizer ofAggregates(PageBounds bounds, double rowBytes) {
    double rows = rowBytes > 0 ? Math.max(FIRST_ROWS, bounds.mostBytes() / rowBytes) : FIRST_ROWS;
    return new PageSizer(bounds, -1, (long) rows, true, LEAST_PAGE_BYTES);
  }

  /**
   * Whether the size of rows is known, from a page or from the types; until then one page is
   * enough.
   */
  boolean hasLearned() {
    return learned;
  }

  /**
   * Rows of the next page of a target.
   *
   * @param rowBytes mean bytes of a row in the target's last page, 0 when there is none yet
   * @param rowsBefore rows that were asked for in that page
   * @return from 1 to {@link #MOST_ROWS}
   */
  int rows(double rowBytes, int rowsBefore) {
    if (knownRowBytes != 0) {
      return rowsBefore > 0 ? fullRows : firstRows;
    }
    if (rowBytes <= 0) {
      int first = rowsBefore > 0 ? bounds.clamp((long) GROWTH * rowsBefore) : firstRows;
      return largestRow > 0 ? Math.min(first, bounds.rowsOf(largestRow, largestRow)) : first;
    }
    int wanted = bounds.rowsOf(rowBytes, Math.max(rowBytes, largestRow));
    return bounds.clamp(Math.min(wanted, (long) GROWTH * rowsBefore));
  }

  /** Learns from a page that arrived; one without rows teaches nothing of rows. */
  void learn(int pageRows, long bytes) {
    pageHeap += (bounds.heapOf(pageRows, bytes) - pageHeap) / 4;
    if (!learned) {
      learned = true;
      firstRows = bounds.clamp(FIRST_ROWS);
    }
    if (pageRows > 0) {
      largestRow = Math.max((double) bytes / pageRows, largestRow * (1 - FORGOTTEN));
    }
  }

  /** Starts targets with no more rows than this: a server could not answer twice as many. */
  void startWithAtMost(int rows) {
    firstRows = Math.max(1, Math.min(firstRows, rows));
  }

  /** Estimated bytes of heap that a page takes which is asked for now. */
  long expectedHeap(int rows) {
    double row = knownRowBytes > 0 ? knownRowBytes : largestRow;
    double full = knownRowBytes < 0 ? LEAST_PAGE_BYTES : bounds.heapOf(rows, (long) (rows * row));
    return (long) Math.max(LEAST_PAGE_BYTES, Math.min(full, 2 * pageHeap));
  }
}
