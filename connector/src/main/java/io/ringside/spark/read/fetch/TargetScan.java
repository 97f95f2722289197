// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.ExecutionInfo;
import com.datastax.oss.driver.api.core.metadata.Node;
import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.flow.FailureKind;
import io.ringside.spark.flow.RatePacer;
import io.ringside.spark.flow.RetryLadder;
import io.ringside.spark.flow.TaskLife;
import io.ringside.spark.metric.ReadTaskMetrics;
import io.ringside.spark.metric.RetryReason;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a task's targets: several of them at a time, each one page after another, and the
 * next page of a target asked for while the one before waits to be consumed.
 *
 * <p>All state belongs to the task's thread, which calls {@link #next()}; driver threads do nothing
 * but put arrivals into a queue. Bytes of pages that wait are bounded: no further request is sent
 * while they exceed the buffer, unless nothing else would arrive. A failed request climbs the
 * {@link RetryLadder} and continues from the paging state of the last page that arrived, so that no
 * row is lost and none comes twice. One per task.
 */
public final class TargetScan implements AutoCloseable {
  /** Below this a page is not cut further before its range is. */
  private static final int FEW_ROWS = 32;

  private final String table;
  private final PageSource source;
  private final ScanLimits limits;
  private final PageSizer sizer;
  private final ReadTaskMetrics metrics;
  private final RatePacer pacer;
  private final Deque<ScanTarget> pending;
  private final List<TargetCursor> idle = new ArrayList<>();
  private final Deque<Page> ready = new ArrayDeque<>();
  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private int requests;
  private long readyBytes;
  private long rowsGiven;
  private boolean closed;

  /** The pages of these targets. */
  public TargetScan(
      String table,
      Collection<ScanTarget> targets,
      PageSource source,
      ScanLimits limits,
      PageSizer sizer,
      ReadTaskMetrics metrics) {
    this.table = table;
    this.pending = new ArrayDeque<>(targets);
    this.source = source;
    this.limits = limits;
    this.sizer = sizer;
    this.metrics = metrics;
    this.pacer = new RatePacer(limits.rate());
  }

  /**
   * A page that has at least one row.
   *
   * @param bytes of its response frame
   */
  record Page(AsyncResultSet rows, long bytes) {}

  private record Arrival(
      TargetCursor cursor,
      int rowsWanted,
      long nanos,
      @Nullable AsyncResultSet page,
      @Nullable Throwable failure) {}

  /**
   * The next page of any target, or null after the last one. Blocks until it arrives.
   *
   * @throws ConnectorException when the retry ladder has come to its end
   * @throws UncheckedIOException when Spark kills the task
   */
  @Nullable Page next() {
    while (!closed) {
      takeArrived();
      send();
      Page page = ready();
      if (page != null) {
        return page;
      }
      if (requests == 0 && idle.isEmpty() && pending.isEmpty()) {
        return null;
      }
      awaitArrival();
      TaskLife.failIfKilled();
    }
    return null;
  }

  /** A page that has arrived already, or null. */
  @Nullable Page ready() {
    Page page = ready.poll();
    if (page != null) {
      readyBytes -= page.bytes();
      rowsGiven += page.rows().remaining();
      if (limits.rows() > 0 && rowsGiven >= limits.rows()) {
        close();
      }
    }
    return page;
  }

  /** Stops sending; what still arrives is dropped. */
  @Override
  public void close() {
    closed = true;
    pending.clear();
    idle.clear();
    ready.clear();
  }

  private void awaitArrival() {
    try {
      Arrival arrival = arrivals.poll(waitNanos(), TimeUnit.NANOSECONDS);
      if (arrival != null) {
        handle(arrival);
      }
    } catch (InterruptedException e) {
      throw TaskLife.interrupted();
    }
  }

  private void takeArrived() {
    for (Arrival arrival = arrivals.poll(); arrival != null; arrival = arrivals.poll()) {
      handle(arrival);
    }
  }

  private void send() {
    while (idle.size() + requests < limits.targetsInFlight() && !pending.isEmpty()) {
      ScanTarget target = pending.removeFirst();
      List<Node> owners = source.ownersOf(target);
      idle.add(
          new TargetCursor(
              target,
              owners,
              new RetryLadder(
                  owners.size(),
                  limits.retryMillis(),
                  () -> ThreadLocalRandom.current().nextDouble())));
    }
    long now = System.nanoTime();
    for (int i = 0; i < idle.size() && hasRoom() && pacer.delayNanos(now) == 0; ) {
      TargetCursor cursor = idle.get(i);
      if (cursor.isDue(now)) {
        idle.remove(i);
        request(cursor);
      } else {
        i++;
      }
    }
  }

  private boolean hasRoom() {
    boolean nothingElseComes = requests == 0 && ready.isEmpty();
    if (nothingElseComes) {
      return true;
    }
    return sizer.hasLearned()
        && readyBytes + (requests + 1) * limits.pageBytes() <= limits.bufferBytes();
  }

  private void request(TargetCursor cursor) {
    int rows = cursor.rows(sizer.rows());
    long start = System.nanoTime();
    cursor.sent();
    requests++;
    CompletionStage<AsyncResultSet> answer;
    try {
      answer = source.request(cursor.target(), cursor.pagingState(), rows, cursor.coordinator());
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    var unused =
        answer.whenComplete(
            (page, failure) ->
                arrivals.add(new Arrival(cursor, rows, System.nanoTime() - start, page, failure)));
  }

  private long waitNanos() {
    long wait = TimeUnit.MILLISECONDS.toNanos(TaskLife.LOOK_UP_MILLIS);
    long now = System.nanoTime();
    for (TargetCursor cursor : idle) {
      wait = Math.min(wait, cursor.nanosUntilDue(now));
    }
    long pause =
        Math.min(pacer.delayNanos(now), TimeUnit.MILLISECONDS.toNanos(TaskLife.LOOK_UP_MILLIS));
    return Math.max(Math.max(wait, pause), TimeUnit.MILLISECONDS.toNanos(1));
  }

  private void handle(Arrival arrival) {
    requests--;
    if (arrival.page() != null) {
      arrived(arrival.cursor(), arrival.page(), arrival.nanos());
    } else if (arrival.failure() != null) {
      failed(arrival.cursor(), arrival.rowsWanted(), FailureKind.unwrap(arrival.failure()));
    }
  }

  private void arrived(TargetCursor cursor, AsyncResultSet page, long nanos) {
    ExecutionInfo info = page.getExecutionInfo();
    int rows = page.remaining();
    long bytes = Math.max(0, info.getResponseSizeInBytes());
    Node coordinator = info.getCoordinator();
    metrics.page(rows, bytes, nanos, cursor.owners().contains(coordinator));
    sizer.learn(rows, bytes);
    pacer.note(rows, bytes, System.nanoTime());
    ByteBuffer next = info.getPagingState();
    if (next != null) {
      cursor.advance(next);
      idle.add(cursor);
    }
    // A page may be empty and yet not be the last: a filter or tombstones took all its rows.
    if (rows > 0) {
      ready.add(new Page(page, bytes));
      readyBytes += bytes;
    }
  }

  private void failed(TargetCursor cursor, int rowsWanted, Throwable failure) {
    FailureKind kind = FailureKind.of(failure);
    long now = System.nanoTime();
    RetryLadder.Step step = cursor.ladder().next(kind, FailureKind.retryAfterMillis(failure), now);
    if (step.action() == RetryLadder.Action.GIVE_UP) {
      throw cannotRead(cursor, kind, failure);
    }
    metrics.retry(RetryReason.valueOf(kind.name()));
    Node asked = cursor.coordinator();
    if (asked != null) {
      source.avoid(asked);
    }
    cursor.retryElsewhere(now + TimeUnit.MILLISECONDS.toNanos(step.delayMillis()));
    if (step.action() == RetryLadder.Action.LESS_WORK) {
      boolean nothingRead = cursor.pagingState() == null;
      List<ScanTarget> halves = cursor.target().halves();
      if (nothingRead && halves.size() == 2 && (limits.cutAtOnce() || rowsWanted <= FEW_ROWS)) {
        metrics.rangeSplit();
        pending.addFirst(halves.get(1));
        pending.addFirst(halves.get(0));
        return;
      }
      metrics.pageReduced();
      cursor.limitRows(rowsWanted / 2);
    }
    idle.add(cursor);
  }

  private ConnectorException cannotRead(TargetCursor cursor, FailureKind kind, Throwable failure) {
    List<String> asked = new ArrayList<>();
    for (Node node : cursor.owners()) {
      asked.add(String.valueOf(node.getEndPoint()));
    }
    String advice =
        kind == FailureKind.FATAL
            ? "Correct the query or the table."
            : "Look at these nodes' logs; raise read.retry-time if the cluster needs longer.";
    return new ConnectorException(
        ErrorCode.READ_FAILED,
        "Cannot read %s, %s: after %d tries on %s the last answer was: %s. %s"
            .formatted(
                table,
                cursor.target(),
                cursor.ladder().failures(),
                asked.isEmpty() ? "any node" : asked,
                String.valueOf(failure.getMessage()),
                advice),
        failure);
  }
}
