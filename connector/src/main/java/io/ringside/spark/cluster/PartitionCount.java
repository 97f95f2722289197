// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cluster;

import io.ringside.spark.ring.RangeEstimate;
import java.util.List;
import java.util.Map;

/**
 * Corrects Cassandra's estimates of a table with few partitions. The server counts the entries of
 * each SSTable's index summary in a token range and multiplies by 128, so a range with one
 * partition counts as 128 of them, and its bytes as 128 times the mean. The mean itself is right.
 * Pure. Driver only.
 */
final class PartitionCount {
  /** Partitions for which an SSTable has one entry in its index summary, by default. */
  private static final double PARTITIONS_OF_ENTRY = 128;

  /**
   * Up to this many entries in a range, their number says little about the number of its
   * partitions.
   */
  private static final double FEW_ENTRIES = 4;

  /** With more SSTables than this, it is unknown in how many of them a partition lies. */
  private static final double MOST_SSTABLES = 3;

  private PartitionCount() {}

  /** Whether the ranges have so few partitions that the estimates must be checked by counting. */
  static boolean isCoarse(List<RangeEstimate> estimates) {
    double partitions = estimates.stream().mapToDouble(RangeEstimate::partitions).sum();
    return partitions > 0
        && partitions <= PARTITIONS_OF_ENTRY * FEW_ENTRIES * Math.max(1, estimates.size());
  }

  /**
   * The estimates when the table's partitions were counted.
   *
   * <p>Example: two ranges of 128 partitions of 1 MB each, and 4 partitions counted, make two
   * ranges of 2 partitions and 2 MB each.
   *
   * @param estimates coarse ones, not empty
   * @param partitions of the whole table, more than 0
   */
  static SizeReport corrected(List<RangeEstimate> estimates, double partitions) {
    double estimated = estimates.stream().mapToDouble(RangeEstimate::partitions).sum();
    if (estimated <= partitions) {
      return new SizeReport(estimates, Map.of(), SizeReport.Bound.NEAR);
    }
    double most = estimates.stream().mapToDouble(RangeEstimate::partitions).max().orElse(0);
    double sstables = Math.max(1, Math.round(most / PARTITIONS_OF_ENTRY));
    double share = partitions / estimated;
    double bytes = Math.min(1, share * Math.min(sstables, MOST_SSTABLES));
    return new SizeReport(
        estimates.stream()
            .map(e -> new RangeEstimate(e.range(), e.bytes() * bytes, e.partitions() * share))
            .toList(),
        Map.of(),
        sstables > MOST_SSTABLES ? SizeReport.Bound.LOWEST : SizeReport.Bound.NEAR);
  }
}
