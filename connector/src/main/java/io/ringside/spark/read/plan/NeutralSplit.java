// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.plan;

import io.ringside.spark.ring.Replica;
import java.util.List;

/**
 * The one task of an aggregate of the whole table that has nothing to read: it answers one row, of
 * zero for each count and null for the rest, as Spark aggregates no rows. Without it Spark would
 * add up no answers at all, and take their sum, null, for a count. Made on the driver, sent to
 * executors.
 */
public record NeutralSplit() implements Split {
  @Override
  public List<Replica> replicas() {
    return List.of();
  }

  @Override
  public long bytes() {
    return 0;
  }
}
