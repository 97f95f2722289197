// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.plan;

import io.ringside.spark.cql.CqlValue;
import io.ringside.spark.predicate.Access;
import io.ringside.spark.read.fetch.ScanTarget;
import io.ringside.spark.ring.Replica;
import io.ringside.spark.ring.ReplicaRange;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Turns partition keys into input partitions, each of keys with the same owners. Driver only. */
public final class KeyPlanner {
  /** A task of more keys takes long enough to be worth another. */
  private static final int MOST_KEYS_OF_TASK = 10_000;

  /** A task of fewer keys costs more to start than to run. */
  private static final int LEAST_KEYS_OF_TASK = 100;

  private KeyPlanner() {}

  /**
   * The partitions that read each key once that is in the ring's ranges.
   *
   * @param values of each partition key column; the keys are all their combinations
   * @param tokenOf the token of a key
   * @param ring along the ring; keys outside its ranges are not read
   * @param partitionBytes mean bytes of a partition, 0 when unknown
   * @param splitBytes wanted bytes of an input partition
   * @param parallelism tasks that can run at the same time, at least 1
   */
  public static List<CassandraInputPartition> plan(
      List<List<CqlValue>> values,
      Function<List<CqlValue>, BigInteger> tokenOf,
      List<ReplicaRange> ring,
      double partitionBytes,
      double splitBytes,
      int parallelism) {
    TreeMap<BigInteger, ReplicaRange> byEnd = new TreeMap<>();
    ring.forEach(range -> byEnd.put(range.range().end(), range));
    Map<List<Replica>, List<ScanTarget.OfPartition>> byOwners = new LinkedHashMap<>();
    List<List<CqlValue>> keys = Access.combinations(values);
    for (List<CqlValue> key : keys) {
      BigInteger token = tokenOf.apply(key);
      Map.Entry<BigInteger, ReplicaRange> owner = byEnd.ceilingEntry(token);
      if (owner != null && owner.getValue().range().contains(token)) {
        byOwners
            .computeIfAbsent(owner.getValue().replicas(), owners -> new ArrayList<>())
            .add(new ScanTarget.OfPartition(key, token));
      }
    }
    int spread = (keys.size() + parallelism - 1) / parallelism;
    int worthATask = Math.max(LEAST_KEYS_OF_TASK, Math.min(MOST_KEYS_OF_TASK, spread));
    double fitting = partitionBytes > 0 ? splitBytes / partitionBytes : worthATask;
    int keysOfTask = (int) Math.max(1, Math.min(worthATask, fitting));
    List<CassandraInputPartition> partitions = new ArrayList<>();
    byOwners.forEach(
        (replicas, targets) -> {
          targets.sort(Comparator.comparing(ScanTarget.OfPartition::token));
          for (int from = 0; from < targets.size(); from += keysOfTask) {
            List<ScanTarget.OfPartition> part =
                targets.subList(from, Math.min(targets.size(), from + keysOfTask));
            partitions.add(
                new CassandraInputPartition(
                    List.copyOf(part), replicas, (long) (part.size() * partitionBytes)));
          }
        });
    return partitions;
  }
}
