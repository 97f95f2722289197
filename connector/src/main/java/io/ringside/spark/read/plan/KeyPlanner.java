// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.plan;

import io.ringside.spark.ring.Replica;
import io.ringside.spark.ring.ReplicaRange;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Turns partition keys into splits, each of keys with the same owners. Pure. Driver only. */
final class KeyPlanner {
  /** A task of more keys takes long enough to be worth another. */
  private static final int MOST_KEYS_OF_TASK = 10_000;

  /** A task of fewer keys costs more to start than to run. */
  private static final int LEAST_KEYS_OF_TASK = 100;

  private KeyPlanner() {}

  /**
   * The splits that read each key once that is in the ring's ranges.
   *
   * @param ring along the ring; keys outside its ranges are not read
   * @param partitionBytes mean bytes of a partition, 0 when unknown
   * @param splitBytes wanted bytes of a split
   * @param parallelism tasks that can run at the same time, at least 1
   */
  static List<KeySplit> plan(
      List<PartitionKey> keys,
      List<ReplicaRange> ring,
      double partitionBytes,
      double splitBytes,
      int parallelism) {
    int spread = (keys.size() + parallelism - 1) / parallelism;
    int worthATask = Math.max(LEAST_KEYS_OF_TASK, Math.min(MOST_KEYS_OF_TASK, spread));
    double fitting = partitionBytes > 0 ? splitBytes / partitionBytes : worthATask;
    int keysOfTask = (int) Math.max(1, Math.min(worthATask, fitting));
    List<KeySplit> splits = new ArrayList<>();
    byOwners(keys, ring)
        .forEach(
            (replicas, owned) -> {
              owned.sort(Comparator.comparing(PartitionKey::token));
              for (int from = 0; from < owned.size(); from += keysOfTask) {
                List<PartitionKey> part =
                    owned.subList(from, Math.min(owned.size(), from + keysOfTask));
                splits.add(new KeySplit(part, replicas, (long) (part.size() * partitionBytes)));
              }
            });
    return splits;
  }

  private static Map<List<Replica>, List<PartitionKey>> byOwners(
      List<PartitionKey> keys, List<ReplicaRange> ring) {
    TreeMap<BigInteger, ReplicaRange> byEnd = new TreeMap<>();
    ring.forEach(range -> byEnd.put(range.range().end(), range));
    Map<List<Replica>, List<PartitionKey>> byOwners = new LinkedHashMap<>();
    for (PartitionKey key : keys) {
      Map.Entry<BigInteger, ReplicaRange> owner = byEnd.ceilingEntry(key.token());
      if (owner != null && owner.getValue().range().contains(key.token())) {
        byOwners.computeIfAbsent(owner.getValue().replicas(), owners -> new ArrayList<>()).add(key);
      }
    }
    return byOwners;
  }
}
