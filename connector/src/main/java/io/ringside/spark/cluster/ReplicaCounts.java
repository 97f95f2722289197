// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cluster;

import io.ringside.spark.config.ReplicaOverlap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many replicas the rows of a keyspace have, from its replication. Pure. Driver only. */
public final class ReplicaCounts {
  private static final String CLASS = "class";
  private static final String FACTOR = "replication_factor";

  private ReplicaCounts() {}

  /**
   * The replicas of a keyspace.
   *
   * @param replication as Cassandra describes it: of {@code SimpleStrategy}, which knows no data
   *     centres, all replicas count as local ones
   * @return null for strategies without a number of replicas
   */
  public static @Nullable ReplicaOverlap of(
      Map<String, String> replication, String localDatacenter) {
    try {
      if (replication.containsKey(FACTOR)) {
        int all = count(replication.get(FACTOR));
        return new ReplicaOverlap(all, all);
      }
      int all = 0;
      for (Map.Entry<String, String> entry : replication.entrySet()) {
        all += entry.getKey().equals(CLASS) ? 0 : count(entry.getValue());
      }
      int local = count(replication.getOrDefault(localDatacenter, "0"));
      return all == 0 ? null : new ReplicaOverlap(local, all);
    } catch (NumberFormatException unknown) {
      return null;
    }
  }

  /** Of {@code 3/1}, three replicas one of which is transient, those that keep the data. */
  private static int count(@Nullable String factor) {
    String[] parts = String.valueOf(factor).split("/", 2);
    return Integer.parseInt(parts[0]) - (parts.length == 1 ? 0 : Integer.parseInt(parts[1]));
  }
}
