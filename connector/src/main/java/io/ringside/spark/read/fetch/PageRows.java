// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

/**
 * How many rows of one target to ask for. A number that was too much for a server is halved until
 * it answers; then it grows again by a constant step, not at once to what has just failed, and the
 * more often it fails, the more pages it takes to grow. Used by the task's thread only.
 */
final class PageRows {
  private static final int STEPS_TO_DOUBLE = 8;
  private static final int MOST_PATIENCE = 64;
  private static final int MOST_FAILURES_OF_ONE_ROW = 3;

  private double rowBytes;
  private int asked;
  private int most = PageSizer.MOST_ROWS;
  private int step;
  private int patience = 1;
  private int pagesAtMost;
  private int failuresOfOneRow;

  /** Rows to ask for next, at least 1. */
  int next(PageSizer sizer) {
    return Math.min(most, sizer.rows(rowBytes, asked));
  }

  /** Notes a page that arrived. */
  void arrived(int rowsAsked, int rows, long bytes) {
    asked = rowsAsked;
    failuresOfOneRow = 0;
    if (rows > 0) {
      rowBytes = (double) bytes / rows;
    }
    if (rowsAsked >= most && most < PageSizer.MOST_ROWS && ++pagesAtMost >= patience) {
      pagesAtMost = 0;
      most = Math.min(PageSizer.MOST_ROWS, most + step);
    }
  }

  /**
   * Notes that a request was too much.
   *
   * @return rows that are asked for from now on, at least 1
   */
  int tooMuch(int rowsAsked) {
    most = Math.max(1, rowsAsked / 2);
    step = Math.max(1, most / STEPS_TO_DOUBLE);
    patience = Math.min(MOST_PATIENCE, 2 * patience);
    pagesAtMost = 0;
    failuresOfOneRow += rowsAsked == 1 ? 1 : 0;
    return most;
  }

  /** Whether a single row was too much so often that it cannot be by chance. */
  boolean isOneRowTooMuch() {
    return failuresOfOneRow > MOST_FAILURES_OF_ONE_ROW;
  }
}
