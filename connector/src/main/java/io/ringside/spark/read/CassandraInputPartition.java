// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read;

import io.ringside.spark.ring.Replica;
import io.ringside.spark.ring.RingRange;
import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;

/**
 * What one task reads: token ranges and the nodes that own all of them. Made on the driver, sent to
 * executors.
 *
 * @param ranges not empty, along the ring
 * @param replicas empty when no single node owns all ranges
 * @param bytes estimated bytes of the ranges, 0 when unknown
 */
record CassandraInputPartition(List<RingRange> ranges, List<Replica> replicas, long bytes)
    implements InputPartition {
  CassandraInputPartition {
    ranges = List.copyOf(ranges);
    replicas = List.copyOf(replicas);
  }

  @Override
  public String[] preferredLocations() {
    return replicas.stream().map(Replica::host).toArray(String[]::new);
  }
}
