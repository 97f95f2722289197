// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.send;

import com.datastax.oss.driver.api.core.cql.DefaultBatchType;

/** How the mutations of a job travel: in which batches and in which order. */
public enum RequestKind {
  /** Cells are set; write times decide which of them stay, so that the order does not matter. */
  UPSERTS(DefaultBatchType.UNLOGGED, false, true),
  /**
   * Lists that are not frozen are set among other cells. A request that is sent again needs a later
   * write time than before and an earlier one than the next request of its partition, so that a
   * partition has one request under way at a time.
   */
  LISTS(DefaultBatchType.UNLOGGED, true, true),
  /** One row at a time for each partition, and the replicas give the write time. */
  CONDITIONS(DefaultBatchType.UNLOGGED, true, false),
  /** Counters, of which the replicas give the write time. */
  COUNTERS(DefaultBatchType.COUNTER, false, false);

  private final DefaultBatchType batchType;
  private final boolean inTurns;
  private final boolean timed;

  RequestKind(DefaultBatchType batchType, boolean inTurns, boolean timed) {
    this.batchType = batchType;
    this.inTurns = inTurns;
    this.timed = timed;
  }

  /** The protocol's type of a batch of more than one row. */
  DefaultBatchType batchType() {
    return batchType;
  }

  /** Whether a partition has one request under way at a time. */
  boolean takesTurns() {
    return inTurns;
  }

  /** Whether the client may give the write time. */
  public boolean takesWriteTime() {
    return timed;
  }

  /** The most rows of a batch, given what a user wants. */
  int mostRows(int wanted) {
    return this == CONDITIONS ? 1 : wanted;
  }
}
