// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.plan;

/**
 * Compares lookups by key with a scan of the whole table. A lookup is a request of its own, which
 * takes as long as a scan takes to read so many bytes more, and a scan has some work with each
 * partition too; both as measured with one client and one server. Pure. Driver only.
 */
public final class LookupCost {
  /** So many keys that a query names are looked up in a table of any size. */
  public static final long FEW_KEYS = 1000;

  private static final double LOOKUP_BYTES = 700;
  private static final double PARTITION_BYTES = 70;

  private LookupCost() {}

  /**
   * Whether lookups of this many keys take less time than a scan. For a table of unknown size a few
   * keys do.
   *
   * @param keys how many partitions are looked up
   */
  public static boolean isLess(long keys, TableSizes sizes) {
    double partitions = sizes.density().totalPartitions();
    if (partitions <= 0) {
      return keys <= FEW_KEYS;
    }
    double bytes = sizes.partitionBytes();
    return keys * (bytes + LOOKUP_BYTES) <= partitions * (bytes + PARTITION_BYTES);
  }
}
