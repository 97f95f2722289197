// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import io.ringside.spark.metric.ReadTaskMetrics;
import io.ringside.spark.read.fetch.TargetCursor.Attempt;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a scan that have no answer yet. Driver threads put arrivals into a queue; all
 * else belongs to the task's thread. One per task.
 */
final class Requests {
  private final PageSource source;
  private final ReadTaskMetrics metrics;
  private final boolean hedged;
  private final Hedging hedging;
  private final List<TargetCursor> inFlight = new ArrayList<>();
  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private long heap;

  Requests(PageSource source, ReadTaskMetrics metrics, boolean hedged) {
    this.source = source;
    this.metrics = metrics;
    this.hedged = hedged;
    this.hedging = new Hedging(source.times());
  }

  /** What has come of a request: an answer or a failure. */
  record Arrival(
      Attempt attempt, long nanos, @Nullable Answer answer, @Nullable Throwable failure) {}

  /** Cursors that wait for a page. */
  int size() {
    return inFlight.size();
  }

  /** Bytes of heap that the pages are expected to take. */
  long heap() {
    return heap;
  }

  /** Asks for a cursor's next page. */
  void send(TargetCursor cursor, int rows, long expectedHeap, long now) {
    inFlight.add(cursor);
    heap += expectedHeap;
    hedging.requested();
    request(cursor.attempt(rows, now, expectedHeap));
  }

  /** Asks second owners for pages that have not come for long. */
  void hedge(long now) {
    if (!hedged) {
      return;
    }
    long delay = hedging.delayNanos();
    for (int i = 0; i < inFlight.size() && hedging.isAllowed(); i++) {
      TargetCursor cursor = inFlight.get(i);
      Attempt slow = cursor.hedgeable();
      if (slow != null && now - slow.sentNanos() >= delay) {
        Attempt second = cursor.hedge(slow, now);
        if (second != null) {
          hedging.hedged();
          metrics.hedged();
          request(second);
        }
      }
    }
  }

  /** Nanoseconds until a page may be asked of a second owner, at most {@code longest}. */
  long nanosUntilHedge(long now, long longest) {
    long wait = longest;
    if (hedged && hedging.isAllowed()) {
      for (TargetCursor cursor : inFlight) {
        Attempt slow = cursor.hedgeable();
        if (slow != null) {
          wait = Math.min(wait, slow.sentNanos() + hedging.delayNanos() - now);
        }
      }
    }
    return wait;
  }

  /** What has arrived, or null. */
  @Nullable Arrival poll() {
    return arrivals.poll();
  }

  /** What arrives in this time, or null. */
  @Nullable Arrival poll(long nanos) throws InterruptedException {
    return arrivals.poll(nanos, TimeUnit.NANOSECONDS);
  }

  /**
   * Takes an answer off what is waited for, and prefers other owners to one that was asked earlier
   * for the same page and has not answered.
   */
  void answered(Arrival arrival) {
    Attempt attempt = arrival.attempt();
    Attempt slower = attempt.cursor().answered(attempt);
    Owner slow = slower == null ? null : slower.coordinator();
    if (slower != null && slow != null && slower.sentNanos() < attempt.sentNanos()) {
      source.avoid(slow);
    }
    hedging.arrived(arrival.nanos());
    ended(attempt.cursor());
  }

  /** Takes a failure off what is waited for; returns whether the page may still come. */
  boolean failedButWaits(Arrival arrival) {
    Attempt attempt = arrival.attempt();
    if (attempt.cursor().failedButWaits(attempt)) {
      return true;
    }
    ended(attempt.cursor());
    return false;
  }

  /** Waits for nothing any more. */
  void clear() {
    inFlight.clear();
  }

  private void ended(TargetCursor cursor) {
    inFlight.remove(cursor);
    heap -= cursor.expectedHeap();
  }

  private void request(Attempt attempt) {
    CompletionStage<Answer> answer;
    try {
      answer = source.request(attempt.cursor().request(attempt));
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    var unused =
        answer.whenComplete(
            (page, failure) ->
                arrivals.add(
                    new Arrival(attempt, System.nanoTime() - attempt.sentNanos(), page, failure)));
  }
}
