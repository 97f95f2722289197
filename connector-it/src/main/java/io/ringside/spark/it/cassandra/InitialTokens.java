// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.cassandra;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Chooses the tokens of the nodes before they start. Nodes that choose tokens themselves must start
 * one after the other, because two that join at the same time may choose the same ones.
 */
final class InitialTokens {
  private InitialTokens() {}

  /**
   * Random tokens, different for all nodes of the cluster and the same at each start of it.
   *
   * @param index the node's position, from 0
   */
  static List<Long> of(ClusterSpec spec, int index) {
    return stream(spec)
        .distinct()
        .skip((long) index * spec.tokensPerNode())
        .limit(spec.tokensPerNode())
        .toList();
  }

  /** Without the least long, which is no token of the Murmur3 partitioner. */
  private static Stream<Long> stream(ClusterSpec spec) {
    return new SplittableRandom(spec.name().hashCode())
        .longs(Long.MIN_VALUE + 1, Long.MAX_VALUE)
        .boxed();
  }
}
