// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import io.ringside.spark.config.FetchConfig;

/**
 * How large pages may be. One per task.
 *
 * @param pageBytes wanted bytes of an answer, more than 0
 * @param mostBytes bytes that no answer should exceed, more than 0
 * @param bufferBytes bytes of heap of all pages of a task
 * @param rowHeap bytes of heap that each row takes besides its own while it is decoded, 0 or more
 * @param limit rows that are needed at all, 0 for no limit
 */
public record PageBounds(
    long pageBytes, long mostBytes, long bufferBytes, long rowHeap, int limit) {
  /** Pages that the buffer holds at least, so that one is read while others are under way. */
  private static final int PAGES_OF_BUFFER = 4;

  /**
   * What the options of a read say.
   *
   * @param rowHeap bytes of heap that each row takes besides its own while it is decoded, 0 or more
   * @param limit rows that are needed at all, 0 for no limit
   */
  public static PageBounds of(FetchConfig fetch, long rowHeap, int limit) {
    long most = fetch.pages().mostBytes();
    return new PageBounds(
        Math.min(fetch.pageBytes(), most), most, fetch.bufferBytes(), rowHeap, limit);
  }

  /**
   * Rows of a page of the wanted bytes.
   *
   * @param rowBytes expected mean bytes of a row, more than 0
   * @param largestRow bytes of a row at most, as far as is known
   */
  int rowsOf(double rowBytes, double largestRow) {
    double wanted = pageBytes / rowBytes;
    double bounded = mostBytes / largestRow;
    double fitting = (double) bufferBytes / PAGES_OF_BUFFER / (rowBytes + rowHeap);
    return clamp((long) Math.min(wanted, Math.min(bounded, fitting)));
  }

  /** Bytes of heap of a page. */
  long heapOf(int rows, long bytes) {
    return bytes + rows * rowHeap;
  }

  /** A number of rows from 1 to the most that a page may have. */
  int clamp(long rows) {
    int most = limit > 0 ? Math.min(limit, PageSizer.MOST_ROWS) : PageSizer.MOST_ROWS;
    return (int) Math.max(1, Math.min(most, rows));
  }
}
