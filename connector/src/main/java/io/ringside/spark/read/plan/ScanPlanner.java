// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.plan;

import io.ringside.spark.config.ReadConfig;
import io.ringside.spark.read.fetch.ScanTarget;
import io.ringside.spark.ring.ReplicaRange;
import io.ringside.spark.ring.RingDensity;
import io.ringside.spark.ring.RingSplit;
import io.ringside.spark.ring.RingSplitter;
import java.util.ArrayList;
import java.util.List;

/** Turns the ring and its density into input partitions. Pure. Driver only. */
public final class ScanPlanner {
  private ScanPlanner() {}

  /** The partitions of a full scan: each token of the ring in exactly one of them. */
  public static List<CassandraInputPartition> plan(
      List<ReplicaRange> ring, RingDensity density, ReadConfig config) {
    List<RingSplit> splits =
        RingSplitter.split(
            ring, density, (double) config.splitBytes(), config.minSplits(), config.maxSplits());
    List<CassandraInputPartition> partitions = new ArrayList<>(splits.size());
    for (RingSplit split : splits) {
      partitions.add(
          new CassandraInputPartition(
              split.ranges().stream()
                  .map(range -> (ScanTarget) new ScanTarget.OfRange(range))
                  .toList(),
              split.replicas(),
              (long) split.bytes()));
    }
    return partitions;
  }
}
