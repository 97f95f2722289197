// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

/** What it means to send a row, and so what may be done when the answer does not come. */
enum WriteKind {
  /** Sets cells: the same however often it is done. */
  UPSERT,
  /**
   * Sets cells, those of lists that are not frozen among them. A statement makes new cells for a
   * list's elements and deletes those of an earlier time: done twice at one write time, both stay.
   * Done once more at a later time, it leaves each element once.
   */
  LISTS,
  /** Sets cells of rows for which a condition holds; one row at a time for each partition. */
  CONDITIONAL,
  /** Adds to lists: doing it twice adds twice. */
  ADDITION,
  /** Adds to counters: doing it twice adds twice. */
  COUNTER;

  /** Whether a request whose outcome is unknown may be sent again as it was. */
  boolean isIdempotent() {
    return this == UPSERT;
  }

  /** Whether the client gives the write time. */
  boolean hasTimestamp() {
    return this == UPSERT || this == LISTS || this == ADDITION;
  }

  /** Whether rows may be written again by another task, which has a later write time. */
  boolean isRepeatable() {
    return this == UPSERT || this == LISTS;
  }
}
