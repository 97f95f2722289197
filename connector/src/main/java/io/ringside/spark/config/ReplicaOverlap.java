// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

/**
 * Whether a read must meet the writes that were acknowledged before it: whether any replicas that
 * answer a read at one level and any that acknowledge a write at another have one in common. With
 * three replicas in one data centre, reads and writes at {@code LOCAL_QUORUM} have two each, and
 * one is in both; a read at {@code LOCAL_ONE} may come from the third replica. Pure. Driver only.
 *
 * @param local replicas in the local data centre, at least 0
 * @param all replicas in all data centres, at least {@code local}
 */
public record ReplicaOverlap(int local, int all) {

  /** True if every read at one level meets every write at the other. */
  public boolean isSure(ConsistencyLevel read, ConsistencyLevel write) {
    return (local > 0 && inLocal(read) + inLocal(write) > local)
        || (all > 0 && inAll(read) + inAll(write) > all);
  }

  /** The fewest replicas that take part at a level. */
  public int inAll(ConsistencyLevel level) {
    return switch (level) {
      case ANY -> 0;
      case ONE -> Math.min(1, all);
      case TWO -> Math.min(2, all);
      case THREE -> Math.min(3, all);
      // A majority in each data centre is one of all.
      case QUORUM, EACH_QUORUM -> all / 2 + 1;
      case ALL -> all;
      case LOCAL_ONE -> Math.min(1, local);
      case LOCAL_QUORUM -> local / 2 + 1;
    };
  }

  /** The fewest replicas of the local data centre that take part at a level. */
  private int inLocal(ConsistencyLevel level) {
    return switch (level) {
      case LOCAL_ONE -> Math.min(1, local);
      case LOCAL_QUORUM, EACH_QUORUM -> local / 2 + 1;
      case ANY, ONE, TWO, THREE, QUORUM, ALL -> Math.max(0, inAll(level) - (all - local));
    };
  }
}
