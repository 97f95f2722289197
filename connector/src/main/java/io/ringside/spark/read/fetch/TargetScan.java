// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.flow.FailureKind;
import io.ringside.spark.flow.RatePacer;
import io.ringside.spark.flow.RetryLadder;
import io.ringside.spark.flow.TaskLife;
import io.ringside.spark.metric.ReadTaskMetrics;
import io.ringside.spark.metric.RetryReason;
import io.ringside.spark.read.fetch.Requests.Arrival;
import io.ringside.spark.read.fetch.TargetCursor.Attempt;
import io.ringside.spark.types.vector.EncodedRows;
import io.ringside.spark.types.vector.UnreadableRowsException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a task's targets: several of them at a time, each one page after another, and the
 * next page of a target asked for while the one before waits to be consumed.
 *
 * <p>All state belongs to the task's thread, which calls {@link #next()}; driver threads do nothing
 * but put arrivals into a queue. The heap of pages that wait is bounded: no further request is sent
 * while they exceed the buffer, unless nothing else would arrive. A failed request climbs the
 * {@link RetryLadder} and continues from the paging state of the last page that arrived, so that no
 * row is lost and none comes twice; a request that is not answered for long is made of a second
 * owner, and the first answer counts. One per task.
 */
public final class TargetScan implements AutoCloseable {
  private final ReadError error;
  private final PageSource source;
  private final ScanLimits limits;
  private final PageSizer sizer;
  private final ReadTaskMetrics metrics;
  private final RatePacer pacer;
  private final LessWork lessWork;
  private final Deque<TargetCursor> pending;
  private final List<TargetCursor> idle = new ArrayList<>();
  private final Requests requests;
  private final Deque<EncodedRows> ready = new ArrayDeque<>();
  private long readyHeap;
  private long rowsGiven;
  private boolean closed;

  /**
   * The pages of these targets.
   *
   * @param table as messages name it
   * @param fallBack evaluates rows where the server does not finish, or null where there is nothing
   *     to evaluate
   */
  public TargetScan(
      String table,
      Collection<ScanTarget> targets,
      PageSource source,
      ScanLimits limits,
      PageSizer sizer,
      ReadTaskMetrics metrics,
      @Nullable FallBack fallBack) {
    this.error = new ReadError(table);
    this.source = source;
    this.limits = limits;
    this.sizer = sizer;
    this.metrics = metrics;
    this.pacer = new RatePacer(limits.rate());
    this.requests = new Requests(source, metrics, limits.hedged());
    this.lessWork = new LessWork(table, limits.cutAtOnce(), sizer, metrics, fallBack);
    this.pending = new ArrayDeque<>();
    for (ScanTarget target : targets) {
      pending.add(new TargetCursor(target, new RetryLadder(1, limits.retryMillis())));
    }
  }

  /**
   * The next page of any target, or null after the last one. Blocks until it arrives.
   *
   * @throws ConnectorException when the retry ladder has come to its end
   * @throws UncheckedIOException when Spark kills the task
   */
  @Nullable EncodedRows next() {
    while (!closed) {
      takeArrived();
      send();
      EncodedRows page = ready();
      if (page != null) {
        return page;
      }
      if (requests.size() == 0 && idle.isEmpty() && pending.isEmpty()) {
        return null;
      }
      awaitArrival();
      TaskLife.failIfKilled();
    }
    return null;
  }

  /** Says of which table the rows are that are not what their header says. */
  ConnectorException unreadable(UnreadableRowsException unreadable) {
    return error.of(unreadable);
  }

  /** A page that has arrived already, or null. */
  @Nullable EncodedRows ready() {
    EncodedRows page = ready.poll();
    if (page != null) {
      readyHeap -= page.heapBytes();
      rowsGiven += page.count();
      if (limits.rows() > 0 && rowsGiven >= limits.rows()) {
        close();
      }
    }
    return page;
  }

  /** Whether the scan was closed, or ended at its limit, before it came to its end. */
  boolean hasEnough() {
    return closed;
  }

  /** Stops sending; what still arrives is dropped. */
  @Override
  public void close() {
    closed = true;
    pending.clear();
    idle.clear();
    requests.clear();
    ready.clear();
  }

  private void awaitArrival() {
    try {
      Arrival arrival = requests.poll(waitNanos());
      if (arrival != null) {
        handle(arrival);
      }
    } catch (InterruptedException e) {
      throw TaskLife.interrupted();
    }
  }

  private void takeArrived() {
    for (Arrival arrival = requests.poll(); arrival != null; arrival = requests.poll()) {
      handle(arrival);
    }
  }

  private void send() {
    while (idle.size() + requests.size() < limits.targetsInFlight() && !pending.isEmpty()) {
      TargetCursor cursor = pending.removeFirst();
      cursor.ownedBy(source.ownersOf(cursor.target()));
      idle.add(cursor);
    }
    long now = System.nanoTime();
    for (int i = 0; i < idle.size() && pacer.delayNanos(now) == 0; ) {
      TargetCursor cursor = idle.get(i);
      int rows = cursor.rows().next(sizer);
      long heap = sizer.expectedHeap(rows);
      if (!hasRoom(heap)) {
        break;
      }
      if (cursor.isDue(now)) {
        idle.remove(i);
        requests.send(cursor, rows, heap, now);
      } else {
        i++;
      }
    }
    requests.hedge(now);
  }

  private boolean hasRoom(long heap) {
    boolean nothingElseComes = requests.size() == 0 && ready.isEmpty();
    return nothingElseComes
        || (sizer.hasLearned() && readyHeap + requests.heap() + heap <= limits.bufferBytes());
  }

  private long waitNanos() {
    long longest = TimeUnit.MILLISECONDS.toNanos(TaskLife.LOOK_UP_MILLIS);
    long now = System.nanoTime();
    long wait = requests.nanosUntilHedge(now, longest);
    for (TargetCursor cursor : idle) {
      wait = Math.min(wait, cursor.nanosUntilDue(now));
    }
    long pause = Math.min(pacer.delayNanos(now), longest);
    return Math.max(Math.max(wait, pause), TimeUnit.MILLISECONDS.toNanos(1));
  }

  private void handle(Arrival arrival) {
    Attempt attempt = arrival.attempt();
    if (closed || !attempt.cursor().isWaitingFor(attempt)) {
      return;
    }
    if (arrival.answer() != null) {
      requests.answered(arrival);
      arrived(attempt, arrival.answer(), arrival.nanos());
    } else if (arrival.failure() != null && !requests.failedButWaits(arrival)) {
      failed(attempt, FailureKind.unwrap(arrival.failure()));
    }
  }

  private void arrived(Attempt attempt, Answer answer, long nanos) {
    TargetCursor cursor = attempt.cursor();
    int count = answer.rows().count();
    metrics.page(count, answer.bytes(), nanos, answer.fromOwner());
    sizer.learn(count, answer.bytes());
    cursor.rows().arrived(attempt.rows(), count, answer.bytes());
    pacer.note(count, answer.bytes(), System.nanoTime());
    RowWork work = cursor.work();
    if (work != null) {
      give(work.take(answer.rows()));
    } else if (count > 0) {
      // A page may be empty and yet not be the last: a filter or tombstones took all its rows.
      give(answer.rows());
    }
    cursor.progressed();
    ByteBuffer next = answer.pagingState();
    if (next != null) {
      cursor.advance(next);
      idle.add(cursor);
    } else if (work != null) {
      give(work.end());
    }
  }

  private void give(@Nullable EncodedRows page) {
    if (page != null) {
      ready.add(page);
      readyHeap += page.heapBytes();
    }
  }

  private void failed(Attempt attempt, Throwable failure) {
    TargetCursor cursor = attempt.cursor();
    FailureKind kind = FailureKind.of(failure);
    Owner asked = attempt.coordinator();
    if (asked != null && kind != FailureKind.TOO_MUCH) {
      source.avoid(asked);
    }
    long now = System.nanoTime();
    RetryLadder.Step step = cursor.ladder().next(kind, FailureKind.retryAfterMillis(failure), now);
    boolean giveUp = step.action() == RetryLadder.Action.GIVE_UP;
    if (giveUp && !lessWork.fallsBack(cursor, kind)) {
      throw error.of(cursor, kind, failure);
    }
    if (kind != FailureKind.FATAL) {
      metrics.retry(RetryReason.valueOf(kind.name()));
    }
    cursor.retry(
        source.ownersOf(cursor.target()), now + TimeUnit.MILLISECONDS.toNanos(step.delayMillis()));
    if (giveUp || step.action() != RetryLadder.Action.LESS_WORK) {
      idle.add(cursor);
      return;
    }
    List<TargetCursor> instead = lessWork.of(cursor, kind, attempt.rows());
    if (instead.isEmpty()) {
      throw error.of(cursor, kind, failure);
    }
    if (instead.get(0) == cursor) {
      idle.add(cursor);
    } else {
      for (int i = instead.size() - 1; i >= 0; i--) {
        pending.addFirst(instead.get(i));
      }
    }
  }
}
