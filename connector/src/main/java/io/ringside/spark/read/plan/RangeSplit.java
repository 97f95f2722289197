// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.plan;

import io.ringside.spark.ring.Replica;
import io.ringside.spark.ring.RingRange;
import java.util.List;

/**
 * The token ranges that one task reads. Made on the driver, sent to executors.
 *
 * @param ranges not empty, along the ring
 * @param replicas the nodes that own all ranges; empty when no node does
 * @param bytes estimated bytes of the ranges, 0 when unknown
 */
public record RangeSplit(List<RingRange> ranges, List<Replica> replicas, long bytes)
    implements Split {
  /** Copies the lists. */
  public RangeSplit {
    ranges = List.copyOf(ranges);
    replicas = List.copyOf(replicas);
  }
}
