// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.ring;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** The ring of a cluster of any size, without the cluster. */
public final class SimulatedRing {
  private SimulatedRing() {}

  /**
   * A ring of random tokens, each range owned by the next {@code rf} distinct nodes.
   *
   * @param vnodes tokens of each node
   * @param seed the same seed gives the same ring
   */
  public static List<ReplicaRange> of(int nodes, int vnodes, int rf, long seed) {
    Random random = new Random(seed);
    List<long[]> tokens = new ArrayList<>();
    for (int node = 0; node < nodes; node++) {
      for (int v = 0; v < vnodes; v++) {
        tokens.add(new long[] {random.nextLong(), node});
      }
    }
    tokens.sort((a, b) -> Long.compare(a[0], b[0]));
    List<ReplicaRange> ranges = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      List<Replica> replicas = new ArrayList<>();
      for (int j = i; replicas.size() < Math.min(rf, nodes); j++) {
        Replica replica = node((int) tokens.get(j % tokens.size())[1]);
        if (!replicas.contains(replica)) {
          replicas.add(replica);
        }
      }
      long start = tokens.get(i == 0 ? tokens.size() - 1 : i - 1)[0];
      for (RingRange part :
          Partitioner.MURMUR3.unwrap(
              BigInteger.valueOf(start), BigInteger.valueOf(tokens.get(i)[0]))) {
        ranges.add(new ReplicaRange(part, replicas));
      }
    }
    return ranges;
  }

  /** The node of that number. */
  static Replica node(int i) {
    return new Replica(new UUID(1, i), "10.0." + i / 256 + "." + i % 256);
  }
}
