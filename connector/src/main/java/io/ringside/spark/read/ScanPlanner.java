// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read;

import io.ringside.spark.config.ReadConfig;
import io.ringside.spark.ring.ReplicaRange;
import io.ringside.spark.ring.RingDensity;
import io.ringside.spark.ring.RingRange;
import io.ringside.spark.ring.RingSplit;
import io.ringside.spark.ring.RingSplitter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns the ring and its density into input partitions. Inside a partition large ranges are cut
 * again, so that a task has several ranges to overlap. Pure. Driver only.
 */
final class ScanPlanner {
  /** A range of fewer pages than this is not worth a second request at the same time. */
  private static final int PAGES_PER_RANGE = 2;

  /**
   * Ranges that a task reads after one another in each of its places: the more there are, the less
   * it waits at its end for a last large one.
   */
  static final int RANGES_PER_PLACE = 4;

  private ScanPlanner() {}

  /** The partitions of a full scan: each token of the ring in exactly one of them. */
  static List<CassandraInputPartition> plan(
      List<ReplicaRange> ring, RingDensity density, ReadConfig config) {
    List<RingSplit> splits =
        RingSplitter.split(
            ring, density, (double) config.splitBytes(), config.minSplits(), config.maxSplits());
    List<CassandraInputPartition> partitions = new ArrayList<>(splits.size());
    for (RingSplit split : splits) {
      partitions.add(
          new CassandraInputPartition(
              overlappable(split, config).stream()
                  .map(range -> (ScanTarget) new ScanTarget.OfRange(range))
                  .toList(),
              split.replicas(),
              (long) split.bytes()));
    }
    return partitions;
  }

  private static List<RingRange> overlappable(RingSplit split, ReadConfig config) {
    double pages = split.bytes() / (double) config.pageBytes();
    int wanted =
        (int)
            Math.min((double) config.rangesInFlight() * RANGES_PER_PLACE, pages / PAGES_PER_RANGE);
    if (wanted <= 1) {
      return split.ranges();
    }
    BigInteger total =
        split.ranges().stream().map(RingRange::size).reduce(BigInteger.ZERO, BigInteger::add);
    BigInteger part = total.divide(BigInteger.valueOf(wanted)).max(BigInteger.ONE);
    List<RingRange> ranges = new ArrayList<>(wanted + split.ranges().size());
    for (RingRange range : split.ranges()) {
      int parts = range.size().add(part.shiftRight(1)).divide(part).intValue();
      ranges.addAll(range.split(Math.max(1, parts)));
    }
    return ranges;
  }
}
