// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.plan;

import io.ringside.spark.config.TokenInterval;
import io.ringside.spark.ring.Partitioner;
import io.ringside.spark.ring.ReplicaRange;
import io.ringside.spark.ring.RingRange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The token ring of a table's keyspace as it was at one moment. Pure data. Driver only.
 *
 * @param ring the whole ring along the ring, with its owners in the local data centre
 */
public record TableLayout(Partitioner partitioner, List<ReplicaRange> ring) {
  /** Copies the list. */
  public TableLayout {
    ring = List.copyOf(ring);
  }

  /**
   * The parts of the ring that lie within these intervals and these ranges.
   *
   * @param intervals those of the options; all of the ring when there are none
   * @param tokens those of the predicates, or null for all of the ring
   */
  public List<ReplicaRange> within(
      List<TokenInterval> intervals, @Nullable List<RingRange> tokens) {
    List<ReplicaRange> within = ring;
    if (!intervals.isEmpty()) {
      List<RingRange> wanted =
          intervals.stream().map(part -> new RingRange(part.start(), part.end())).toList();
      within = cut(within, RingRange.merge(wanted));
    }
    return tokens == null ? within : cut(within, tokens);
  }

  private static List<ReplicaRange> cut(List<ReplicaRange> ring, List<RingRange> wanted) {
    List<ReplicaRange> within = new ArrayList<>();
    for (ReplicaRange range : ring) {
      for (RingRange part : wanted) {
        RingRange both = range.range().intersection(part);
        if (both != null) {
          within.add(new ReplicaRange(both, range.replicas()));
        }
      }
    }
    return within;
  }
}
