// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read;

/**
 * Finds the number of rows that make a page of about the wanted bytes: starts from a guess on the
 * table's columns, then follows the rows that arrive. Growth is limited to a factor of four per
 * page, so that a few small rows do not lead to a page that cannot be read in time. One per task,
 * used by the task's thread.
 */
final class PageSizer {
  /** Cassandra itself pages by rows; more than this makes one response hold the server's heap. */
  static final int MOST_ROWS = 50_000;

  private final long pageBytes;
  private final int mostRows;
  private int rows;

  /**
   * A sizer that has seen no page yet.
   *
   * @param pageBytes wanted bytes of a page, more than 0
   * @param guessedRowBytes bytes of a row as far as its types tell, more than 0
   * @param limit rows that are needed at all, 0 for no limit
   */
  PageSizer(long pageBytes, long guessedRowBytes, int limit) {
    this.pageBytes = pageBytes;
    this.mostRows = limit > 0 ? Math.min(limit, MOST_ROWS) : MOST_ROWS;
    this.rows = clamp(pageBytes / Math.max(1, guessedRowBytes));
  }

  /** Rows to ask for in the next page; from 1 to {@link #MOST_ROWS}. */
  int rows() {
    return rows;
  }

  /** Learns from a page that arrived; one without rows teaches nothing. */
  void learn(int pageRows, long bytes) {
    if (pageRows > 0) {
      long wanted = pageBytes * pageRows / Math.max(1, bytes);
      rows = clamp(Math.min(wanted, 4L * rows));
    }
  }

  private int clamp(long wanted) {
    return (int) Math.max(1, Math.min(mostRows, wanted));
  }
}
