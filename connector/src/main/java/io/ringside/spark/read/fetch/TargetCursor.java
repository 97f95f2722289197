// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import io.ringside.spark.flow.RetryLadder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far the reading of one target has come: where the next page starts, who is asked for it, and
 * what went wrong since the last page. Used by the task's thread only.
 */
final class TargetCursor {
  /**
   * One request for the cursor's next page.
   *
   * @param coordinator the node asked, or null when the session chose
   */
  record Attempt(TargetCursor cursor, int rows, @Nullable Owner coordinator, long sentNanos) {}

  private final ScanTarget target;
  private final RetryLadder ladder;
  private final PageSink sink;
  private final PageRows rows = new PageRows();
  private final Set<Owner> failed = new HashSet<>();
  private final List<Attempt> attempts = new ArrayList<>(2);
  private final boolean part;
  private List<Owner> owners = List.of();
  private @Nullable Owner current;
  private @Nullable ByteBuffer pagingState;
  private @Nullable RowWork work;
  private long expectedHeap;
  private long notBeforeNanos;
  private boolean waiting;
  private boolean hedgeable = true;

  TargetCursor(ScanTarget target, RetryLadder ladder, PageSink sink) {
    this(target, ladder, sink, false);
  }

  private TargetCursor(ScanTarget target, RetryLadder ladder, PageSink sink, boolean part) {
    this.target = target;
    this.ladder = ladder;
    this.sink = sink;
    this.part = part;
  }

  /** The target's present owners, best first. */
  void ownedBy(List<Owner> present) {
    owners = present;
    ladder.replicas(present.size());
    current = null;
    for (int i = 0; i < present.size() && current == null; i++) {
      current = failed.contains(present.get(i)) ? null : present.get(i);
    }
  }

  /** Cursors of the target's parts, at most as many as wanted; one alone when it is not cut. */
  List<TargetCursor> parts(int wanted) {
    return target.parts(wanted).stream()
        .map(ofTarget -> new TargetCursor(ofTarget, ladder.ofPart(), sink, true))
        .toList();
  }

  /** Whether the target was cut from a larger one that was too much. */
  boolean isPart() {
    return part;
  }

  ScanTarget target() {
    return target;
  }

  /** Where the target's pages go. */
  PageSink sink() {
    return sink;
  }

  RetryLadder ladder() {
    return ladder;
  }

  PageRows rows() {
    return rows;
  }

  List<Owner> owners() {
    return owners;
  }

  /** True until a page has arrived: the target may still be cut or read in another way. */
  boolean nothingRead() {
    return pagingState == null;
  }

  /** What evaluates the target's rows, or null when the server does. */
  @Nullable RowWork work() {
    return work;
  }

  /** Reads the target's rows from its start, for this work. */
  void evaluate(RowWork ofRows) {
    work = ofRows;
    pagingState = null;
  }

  /** The request for the next page. */
  PageRequest request(Attempt attempt) {
    return new PageRequest(target, form(), pagingState, attempt.rows(), attempt.coordinator());
  }

  private PageRequest.Form form() {
    if (work != null) {
      return PageRequest.Form.ROWS;
    }
    return target instanceof ScanTarget.OfPartitions
        ? PageRequest.Form.PARTITIONS
        : PageRequest.Form.PLANNED;
  }

  /** An attempt at the next page, at the node that answered last or, after failures, at another. */
  Attempt attempt(int wantedRows, long nowNanos, long heap) {
    waiting = false;
    hedgeable = owners.size() > 1;
    expectedHeap = heap;
    Attempt attempt = new Attempt(this, wantedRows, current, nowNanos);
    attempts.add(attempt);
    return attempt;
  }

  /** The attempt that has no answer yet, if another node may be asked besides, or null. */
  @Nullable Attempt hedgeable() {
    return hedgeable && attempts.size() == 1 ? attempts.get(0) : null;
  }

  /** A second attempt at the same page at another owner, or null when there is none. */
  @Nullable Attempt hedge(Attempt slow, long nowNanos) {
    for (Owner owner : owners) {
      if (!owner.equals(slow.coordinator()) && !failed.contains(owner)) {
        Attempt hedge = new Attempt(this, slow.rows(), owner, nowNanos);
        attempts.add(hedge);
        return hedge;
      }
    }
    hedgeable = false;
    return null;
  }

  /** False for an attempt whose page has come from another node, or which has failed already. */
  boolean isWaitingFor(Attempt attempt) {
    return attempts.contains(attempt);
  }

  /** Bytes of heap that the page under way is expected to take. */
  long expectedHeap() {
    return expectedHeap;
  }

  /** Notes the first answer; returns the other attempt, which is no longer waited for, or null. */
  @Nullable Attempt answered(Attempt attempt) {
    attempts.remove(attempt);
    Attempt slower = attempts.isEmpty() ? null : attempts.get(0);
    attempts.clear();
    current = attempt.coordinator();
    return slower;
  }

  /** Notes a failure; returns whether another attempt is still under way. */
  boolean failedButWaits(Attempt attempt) {
    attempts.remove(attempt);
    if (attempt.coordinator() != null) {
      failed.add(attempt.coordinator());
    }
    return !attempts.isEmpty();
  }

  /** Moves on after a page that is not the last one. */
  void advance(ByteBuffer next) {
    pagingState = next;
  }

  /** Forgets the failures before a page that arrived, the last one or not. */
  void progressed() {
    ladder.reset();
    failed.clear();
  }

  /**
   * The next try is for the best owner that has not failed since the last page, not before a point
   * in time.
   */
  void retry(List<Owner> present, long nanoTime) {
    if (failed.containsAll(present)) {
      failed.clear();
    }
    ownedBy(present);
    notBeforeNanos = nanoTime;
    waiting = true;
  }

  /** True when the cursor may send its next request at this time. */
  boolean isDue(long nanoTime) {
    return !waiting || nanoTime - notBeforeNanos >= 0;
  }

  /** Nanoseconds until the cursor is due; 0 or less when it is. */
  long nanosUntilDue(long nanoTime) {
    return waiting ? notBeforeNanos - nanoTime : 0;
  }
}
