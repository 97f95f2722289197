// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

/**
 * Finds the number of rows that make a page of about the wanted bytes: starts from a guess on the
 * table's columns, then follows the rows that arrive. Growth is limited to a factor of four per
 * page, so that a few small rows do not lead to a page that cannot be read in time. One per task,
 * used by the task's thread.
 */
public final class PageSizer {
  /** Cassandra itself pages by rows; more than this makes one response hold the server's heap. */
  static final int MOST_ROWS = 50_000;

  /**
   * Rows that a server reads at a time to aggregate them. It serialises what it reads for itself:
   * more at a time is slower, not faster.
   */
  static final int ROWS_TO_AGGREGATE = 5_000;

  /** Rows of the first page where nothing tells how large a row is. */
  static final int FEW_ROWS = 16;

  private final long pageBytes;
  private final int mostRows;
  private int rows;
  private boolean learned;

  private PageSizer(long pageBytes, long firstRows, int mostRows, boolean learned) {
    this.pageBytes = pageBytes;
    this.mostRows = mostRows;
    this.rows = clamp(firstRows);
    this.learned = learned;
  }

  /**
   * A sizer for rows whose size their types tell.
   *
   * @param pageBytes wanted bytes of a page, more than 0
   * @param rowBytes more than 0
   * @param limit rows that are needed at all, 0 for no limit
   */
  public static PageSizer ofKnownRows(long pageBytes, long rowBytes, int limit) {
    return new PageSizer(pageBytes, pageBytes / rowBytes, most(limit), true);
  }

  /**
   * A sizer for rows of any size: the first page is small, as one of a few rows of a megabyte must
   * not become one of thousands.
   *
   * @param pageBytes wanted bytes of a page, more than 0
   * @param partitionBytes mean bytes of a partition, which no mean row exceeds, or 0 when unknown
   * @param limit rows that are needed at all, 0 for no limit
   */
  public static PageSizer ofUnknownRows(long pageBytes, double partitionBytes, int limit) {
    long first = partitionBytes > 0 ? (long) (pageBytes / partitionBytes) : 0;
    return new PageSizer(pageBytes, Math.max(FEW_ROWS, first), most(limit), false);
  }

  /**
   * A sizer for aggregates, whose answers tell nothing of the rows behind them.
   *
   * @param pageBytes wanted bytes of a page, more than 0
   */
  public static PageSizer ofAggregates(long pageBytes) {
    return new PageSizer(pageBytes, ROWS_TO_AGGREGATE, ROWS_TO_AGGREGATE, true);
  }

  private static int most(int limit) {
    return limit > 0 ? Math.min(limit, MOST_ROWS) : MOST_ROWS;
  }

  /** Whether a page, or the types, told how large rows are; until then one page is enough. */
  boolean hasLearned() {
    return learned;
  }

  /** Rows to ask for in the next page; from 1 to {@link #MOST_ROWS}. */
  int rows() {
    return rows;
  }

  /** Learns from a page that arrived; one without rows teaches nothing. */
  void learn(int pageRows, long bytes) {
    learned = true;
    if (pageRows > 0) {
      long wanted = pageBytes * pageRows / Math.max(1, bytes);
      rows = clamp(Math.min(wanted, 4L * rows));
    }
  }

  private int clamp(long wanted) {
    return (int) Math.max(1, Math.min(mostRows, wanted));
  }
}
