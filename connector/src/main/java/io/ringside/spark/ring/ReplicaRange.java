// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.ring;

import java.util.List;

/**
 * A token range with the nodes that own it. Driver only.
 *
 * @param replicas the owners in the local data centre, in the cluster's order; empty when the
 *     service publishes none
 */
public record ReplicaRange(RingRange range, List<Replica> replicas) {
  public ReplicaRange {
    replicas = List.copyOf(replicas);
  }
}
