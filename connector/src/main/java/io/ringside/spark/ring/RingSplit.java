// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.ring;

import java.util.List;

/**
 * The token ranges that one task reads. Driver only.
 *
 * @param ranges not empty, along the ring, none touches the next
 * @param replicas the nodes that own all of the ranges; empty when no node does
 * @param bytes estimated bytes of one replica
 */
public record RingSplit(List<RingRange> ranges, List<Replica> replicas, double bytes) {
  public RingSplit {
    ranges = List.copyOf(ranges);
    replicas = List.copyOf(replicas);
  }
}
