// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import io.ringside.spark.types.vector.EncodedRows;

/** Takes the pages of one or more targets as they arrive. Used by the task's thread only. */
interface PageSink {
  /**
   * Takes rows, at least one.
   *
   * @return bytes of heap of rows that wait to be consumed, until the fetch hears that they are; 0
   *     when nobody wants them any more
   */
  long take(EncodedRows rows);

  /** Notes that a target's last page has been taken. */
  void ended();

  /**
   * Whether the next page of a target may be asked for when one has arrived. If not, the cursor
   * rests until it is resumed.
   */
  boolean wantsMore();

  /**
   * Whether a page may be asked for although those that wait fill the buffer, since none of them is
   * consumed before it.
   */
  boolean isUrgent();

  /**
   * Whether the rows of a target that cannot be read as it is come from other targets, which the
   * fetch has been given by now.
   */
  default boolean readsOtherwise() {
    return false;
  }
}
