// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.plan;

import io.ringside.spark.ring.Replica;
import java.util.List;

/**
 * The partitions that one task looks up. Made on the driver, sent to executors.
 *
 * @param keys not empty, along the ring
 * @param replicas the nodes that own all of them; empty when no node does
 * @param bytes estimated bytes of the partitions, 0 when unknown
 */
public record KeySplit(List<PartitionKey> keys, List<Replica> replicas, long bytes)
    implements Split {
  /** Copies the lists. */
  public KeySplit {
    keys = List.copyOf(keys);
    replicas = List.copyOf(replicas);
  }
}
