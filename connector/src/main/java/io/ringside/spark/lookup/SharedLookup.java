// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.lookup;

import io.ringside.spark.cql.CqlValue;
import io.ringside.spark.read.fetch.KeyLookup;
import io.ringside.spark.types.vector.EncodedRows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One key's rows for all rows of the Dataset that wait with this key. Used by the task's thread.
 */
final class SharedLookup {
  private final List<CqlValue> key;
  private @Nullable KeyLookup lookup;
  private @Nullable List<EncodedRows> pages;
  private int waiting;

  /**
   * The rows of a key.
   *
   * @param lookup under way, or null where the pages are known
   * @param pages all of them, or null where they are not known
   */
  SharedLookup(List<CqlValue> key, @Nullable KeyLookup lookup, @Nullable List<EncodedRows> pages) {
    this.key = key;
    this.lookup = lookup;
    this.pages = pages;
  }

  List<CqlValue> key() {
    return key;
  }

  /** The lookup under way, or null when there is none any more. */
  @Nullable KeyLookup lookup() {
    return lookup;
  }

  void lookup(@Nullable KeyLookup underWay) {
    lookup = underWay;
  }

  /** All pages, which are few enough to be kept until the last row has seen them, or null. */
  @Nullable List<EncodedRows> pages() {
    return pages;
  }

  void pages(List<EncodedRows> all) {
    pages = all;
  }

  /** Notes that one more row waits. */
  void joined() {
    waiting++;
  }

  /** Notes that a row waits no longer; returns whether it was the last one. */
  boolean left() {
    return --waiting == 0;
  }
}
