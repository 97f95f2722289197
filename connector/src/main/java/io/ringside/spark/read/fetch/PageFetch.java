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
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the pages of targets, of several at a time, each one page after another, and gives them
 * to the sinks of the targets.
 *
 * <p>All state belongs to the task's thread; driver threads do nothing but put arrivals into a
 * queue. The heap of pages that wait is bounded: no further request is sent while they exceed the
 * buffer, unless nothing else would arrive or a sink says that it is urgent. A failed request
 * climbs the {@link RetryLadder} and continues from the paging state of the last page that arrived,
 * so that no row is lost and none comes twice; a request that is not answered for long is made of a
 * second owner, and the first answer counts. One per task.
 */
final class PageFetch {
  private final ReadError error;
  private final PageSource source;
  private final ScanLimits limits;
  private final PageSizer sizer;
  private final ReadTaskMetrics metrics;
  private final RatePacer pacer;
  private final LessWork lessWork;
  private final Deque<TargetCursor> pending = new ArrayDeque<>();
  private final List<TargetCursor> idle = new ArrayList<>();
  private final Requests requests;
  private long waitingHeap;
  private boolean closed;

  /**
   * Fetches pages of no target yet.
   *
   * @param table as messages name it
   * @param fallBack evaluates rows where the server does not finish, or null where there is nothing
   *     to evaluate
   */
  PageFetch(
      String table,
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
  }

  /** Will fetch this target's pages after those of the targets before it; returns its cursor. */
  TargetCursor add(ScanTarget target, PageSink sink) {
    TargetCursor cursor = cursor(target, sink);
    pending.add(cursor);
    return cursor;
  }

  /** Fetches this target's pages at once, however many are fetched; returns its cursor. */
  TargetCursor addNow(ScanTarget target, PageSink sink) {
    TargetCursor cursor = cursor(target, sink);
    start(cursor);
    return cursor;
  }

  private TargetCursor cursor(ScanTarget target, PageSink sink) {
    return new TargetCursor(target, new RetryLadder(1, limits.retryMillis()), sink);
  }

  private void start(TargetCursor cursor) {
    cursor.ownedBy(source.ownersOf(cursor.target()));
    idle.add(cursor);
  }

  /** Goes on with a cursor that rests. */
  void resume(TargetCursor cursor) {
    idle.add(cursor);
  }

  /** How many more targets would be asked for at once; 0 or less when none. */
  int freePlaces() {
    return limits.targetsInFlight() - pending.size() - idle.size() - requests.size();
  }

  /** Bytes of heap of pages that sinks have taken and that are not consumed. */
  long waitingHeap() {
    return waitingHeap;
  }

  /** Notes that a page waits no longer. */
  void consumed(EncodedRows page) {
    waitingHeap -= page.heapBytes();
  }

  /** Whether no page is under way, and none will be asked for. */
  boolean isDone() {
    return requests.size() == 0 && idle.isEmpty() && pending.isEmpty();
  }

  /**
   * Gives to the sinks what has arrived, and sends what may be sent. Does not block.
   *
   * @throws ConnectorException when the retry ladder has come to its end
   */
  void advance() {
    for (Arrival arrival = requests.poll(); arrival != null; arrival = requests.poll()) {
      handle(arrival);
    }
    send();
  }

  /**
   * Waits until something arrives or is due, for a fifth of a second at most.
   *
   * @throws ConnectorException when the retry ladder has come to its end
   * @throws UncheckedIOException when Spark kills the task
   */
  void await() {
    try {
      Arrival arrival = requests.poll(waitNanos());
      if (arrival != null) {
        handle(arrival);
      }
    } catch (InterruptedException e) {
      throw TaskLife.interrupted();
    }
    TaskLife.failIfKilled();
  }

  /** Says of which table the rows are that are not what their header says. */
  ConnectorException unreadable(UnreadableRowsException unreadable) {
    return error.of(unreadable);
  }

  /** Sends nothing more; what still arrives is dropped. */
  void close() {
    closed = true;
    pending.clear();
    idle.clear();
    requests.clear();
  }

  private void send() {
    while (!pending.isEmpty() && idle.size() + requests.size() < limits.targetsInFlight()) {
      start(pending.removeFirst());
    }
    long now = System.nanoTime();
    boolean full = false;
    for (int i = 0; i < idle.size() && pacer.delayNanos(now) == 0; ) {
      TargetCursor cursor = idle.get(i);
      int rows = cursor.rows().next(sizer);
      long heap = sizer.expectedHeap(rows);
      full = full || !hasRoom(heap);
      if (cursor.isDue(now) && (!full || cursor.sink().isUrgent())) {
        idle.remove(i);
        requests.send(cursor, rows, heap, now);
      } else {
        i++;
      }
    }
    requests.hedge(now);
  }

  private boolean hasRoom(long heap) {
    boolean nothingElseComes = requests.size() == 0 && waitingHeap == 0;
    return nothingElseComes
        || (sizer.hasLearned() && waitingHeap + requests.heap() + heap <= limits.bufferBytes());
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
      give(cursor, work.take(answer.rows()));
    } else if (count > 0) {
      // A page may be empty and yet not be the last: a filter or tombstones took all its rows.
      give(cursor, answer.rows());
    }
    cursor.progressed();
    ByteBuffer next = answer.pagingState();
    if (next == null) {
      if (work != null) {
        give(cursor, work.end());
      }
      cursor.sink().ended();
      return;
    }
    cursor.advance(next);
    if (cursor.sink().wantsMore()) {
      idle.add(cursor);
    }
  }

  private void give(TargetCursor cursor, @Nullable EncodedRows page) {
    if (page != null) {
      waitingHeap += cursor.sink().take(page);
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
    boolean asItIs = !giveUp && step.action() != RetryLadder.Action.LESS_WORK;
    if (!asItIs && cursor.sink().readsOtherwise()) {
      metrics.rangeSplit();
      return;
    }
    if (giveUp && !lessWork.fallsBack(cursor, kind)) {
      throw error.of(cursor, kind, failure);
    }
    if (kind != FailureKind.FATAL) {
      metrics.retry(RetryReason.valueOf(kind.name()));
    }
    cursor.retry(
        source.ownersOf(cursor.target()), now + TimeUnit.MILLISECONDS.toNanos(step.delayMillis()));
    if (giveUp || asItIs) {
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
