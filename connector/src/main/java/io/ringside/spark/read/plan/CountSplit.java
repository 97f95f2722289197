// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.plan;

import io.ringside.spark.ring.Replica;
import io.ringside.spark.ring.RingRange;
import java.util.List;

/**
 * All token ranges of a scan whose counts one task asks for and adds up. Made on the driver, sent
 * to executors.
 *
 * @param ranges not empty, along the ring
 * @param bytes estimated bytes of the ranges, 0 when unknown
 */
public record CountSplit(List<RingRange> ranges, long bytes) implements Split {
  /** Counts of more splits than this are added up by as many tasks. */
  public static final int MOST_SPLITS = 8;

  /** Copies the list. */
  public CountSplit {
    ranges = List.copyOf(ranges);
  }

  /** One split of the ranges of all these. */
  static CountSplit of(List<RangeSplit> splits) {
    return new CountSplit(
        splits.stream().flatMap(split -> split.ranges().stream()).toList(),
        splits.stream().mapToLong(RangeSplit::bytes).sum());
  }

  /** None: no node owns the whole ring. */
  @Override
  public List<Replica> replicas() {
    return List.of();
  }
}
