// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.plan;

import io.ringside.spark.config.SplitConfig;
import io.ringside.spark.ring.ReplicaRange;
import io.ringside.spark.ring.RingDensity;
import io.ringside.spark.ring.RingSplitter;
import java.util.List;

/** Turns the ring and its density into splits. Pure. Driver only. */
public final class ScanPlanner {
  private ScanPlanner() {}

  /**
   * The splits of a scan of these ranges: each of their tokens in exactly one of them.
   *
   * @param parallelism how many tasks can run at the same time, at least 1: so many splits are made
   *     of a table that needs fewer, as long as none is smaller than the smallest of the options
   */
  public static List<RangeSplit> plan(
      List<ReplicaRange> ring, RingDensity density, SplitConfig config, int parallelism) {
    return RingSplitter.split(
            ring,
            density,
            (double) config.splitBytes(),
            bytes -> Math.max(config.minSplits(), worthwhile(bytes, config, parallelism)),
            config.maxSplits())
        .stream()
        .map(split -> new RangeSplit(split.ranges(), split.replicas(), (long) split.bytes()))
        .toList();
  }

  private static int worthwhile(double bytes, SplitConfig config, int parallelism) {
    return (int) Math.min(parallelism, bytes / config.smallestSplitBytes());
  }
}
