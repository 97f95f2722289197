// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.plan;

import io.ringside.spark.ring.Replica;
import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;

/** What one task of a scan reads. Made on the driver, sent to executors. */
public sealed interface Split extends InputPartition
    permits RangeSplit, CountSplit, KeySplit, NeutralSplit {
  /** The nodes that own all that the task reads; empty when no node does. */
  List<Replica> replicas();

  /** Estimated bytes that the task reads, 0 when unknown. */
  long bytes();

  @Override
  default String[] preferredLocations() {
    return PreferredHosts.of(replicas());
  }
}
