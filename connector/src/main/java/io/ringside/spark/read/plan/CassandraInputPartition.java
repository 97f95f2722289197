// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.plan;

import io.ringside.spark.read.fetch.ScanTarget;
import io.ringside.spark.ring.Replica;
import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;

/**
 * What one task reads, and the nodes that own all of it. Made on the driver, sent to executors.
 *
 * @param targets not empty, along the ring
 * @param replicas empty when no single node owns all targets
 * @param bytes estimated bytes of the targets, 0 when unknown
 */
public record CassandraInputPartition(List<ScanTarget> targets, List<Replica> replicas, long bytes)
    implements InputPartition {
  /** Copies the lists. */
  public CassandraInputPartition {
    targets = List.copyOf(targets);
    replicas = List.copyOf(replicas);
  }

  /** One partition of the targets of all these, preferred nowhere. */
  public static CassandraInputPartition of(List<CassandraInputPartition> parts) {
    return new CassandraInputPartition(
        parts.stream().flatMap(part -> part.targets().stream()).toList(),
        List.of(),
        parts.stream().mapToLong(CassandraInputPartition::bytes).sum());
  }

  @Override
  public String[] preferredLocations() {
    return replicas.stream().map(Replica::host).toArray(String[]::new);
  }
}
