// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import com.datastax.oss.driver.api.core.metadata.Node;
import io.ringside.spark.flow.RetryLadder;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the reading of one target has come: where the next page starts, who is asked for it, and
 * what went wrong since the last page. Used by the task's thread only.
 */
final class TargetCursor {
  private final ScanTarget target;
  private final List<Node> owners;
  private final RetryLadder ladder;
  private @Nullable ByteBuffer pagingState;
  private int nextOwner;
  private int mostRows = PageSizer.MOST_ROWS;
  private long notBeforeNanos;
  private boolean waiting;

  TargetCursor(ScanTarget target, List<Node> owners, RetryLadder ladder) {
    this.target = target;
    this.owners = owners;
    this.ladder = ladder;
  }

  ScanTarget target() {
    return target;
  }

  RetryLadder ladder() {
    return ladder;
  }

  List<Node> owners() {
    return owners;
  }

  /** Where the next page starts; null at the start of the target. */
  @Nullable ByteBuffer pagingState() {
    return pagingState;
  }

  /** The node to ask next, or null when the session is to choose. */
  @Nullable Node coordinator() {
    return owners.isEmpty() ? null : owners.get(nextOwner % owners.size());
  }

  /** Rows to ask for when the scan would ask for {@code wanted}. */
  int rows(int wanted) {
    return Math.min(wanted, mostRows);
  }

  /** Moves on after a page that is not the last one; pages cut down grow again. */
  void advance(ByteBuffer next) {
    pagingState = next;
    ladder.reset();
    mostRows = (int) Math.min(PageSizer.MOST_ROWS, 2L * mostRows);
  }

  /** The next try is for another owner, not before a point in time. */
  void retryElsewhere(long nanoTime) {
    nextOwner++;
    notBeforeNanos = nanoTime;
    waiting = true;
  }

  /** The next tries ask for at most this many rows. */
  void limitRows(int rows) {
    mostRows = Math.max(1, rows);
  }

  /** True when the cursor may send its next request at this time. */
  boolean isDue(long nanoTime) {
    return !waiting || nanoTime - notBeforeNanos >= 0;
  }

  /** Nanoseconds until the cursor is due; 0 or less when it is. */
  long nanosUntilDue(long nanoTime) {
    return waiting ? notBeforeNanos - nanoTime : 0;
  }

  /** Marks the request as sent. */
  void sent() {
    waiting = false;
  }
}
