// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.send;

import com.datastax.oss.driver.api.core.cql.Statement;
import io.ringside.spark.config.NotApplied;
import io.ringside.spark.config.RateLimit;
import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.flow.FailureKind;
import io.ringside.spark.flow.RatePacer;
import io.ringside.spark.flow.RetryLadder;
import io.ringside.spark.flow.TaskLife;
import io.ringside.spark.metric.RetryReason;
import io.ringside.spark.metric.WriteTaskMetrics;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one task that are under way: bounded by a window, tried again by the retry
 * ladder, and after the first one that failed for good nothing more is sent. The task's thread
 * submits and drains; driver threads complete.
 */
final class InFlightWrites {
  private final StatementSender statements;
  private final SendPolicy policy;
  private final WriteClock clock;
  private final WriteTaskMetrics metrics;
  private final Supplier<@Nullable String> obstacles;
  private final LongFunction<Executor> afterMillis;
  private final RequestStatements requests;
  private final SendErrors errors;
  private final RequestWindow window;
  private final RatePacer pacer;
  private final PartitionTurns<ByteBuffer> turns = new PartitionTurns<>();
  private final AtomicReference<@Nullable ConnectorException> failure = new AtomicReference<>();

  /**
   * No request under way.
   *
   * @param rate this task's part of the job's rate limit, or null
   * @param obstacles returns why no request can succeed any more, or null; must not block
   */
  InFlightWrites(
      StatementSender statements,
      SendPolicy policy,
      WriteClock clock,
      @Nullable RateLimit rate,
      WriteTaskMetrics metrics,
      Supplier<@Nullable String> obstacles) {
    this(
        statements,
        policy,
        clock,
        rate,
        metrics,
        obstacles,
        millis -> CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, Runnable::run));
  }

  /**
   * As above.
   *
   * @param afterMillis makes an executor that runs its tasks after a delay in milliseconds
   */
  InFlightWrites(
      StatementSender statements,
      SendPolicy policy,
      WriteClock clock,
      @Nullable RateLimit rate,
      WriteTaskMetrics metrics,
      Supplier<@Nullable String> obstacles,
      LongFunction<Executor> afterMillis) {
    this.statements = statements;
    this.policy = policy;
    this.clock = clock;
    this.metrics = metrics;
    this.obstacles = obstacles;
    this.errors = new SendErrors(policy);
    this.afterMillis = afterMillis;
    this.requests = new RequestStatements(policy);
    this.window =
        new RequestWindow(policy.write().send().inFlight(), policy.write().send().bufferBytes());
    this.pacer = new RatePacer(rate);
  }

  /**
   * Sends a batch as soon as the rate limit allows it and the window has room.
   *
   * @throws ConnectorException the first failure of any request so far; then nothing is sent
   * @throws UncheckedIOException when Spark kills the task
   */
  void submit(Batch batch) {
    failOnFailure();
    try {
      keepRate(batch.mutations().size(), batch.valueBytes());
      if (!window.enter(batch.heapBytes(), 0)) {
        long start = System.nanoTime();
        while (!window.enter(batch.heapBytes(), TaskLife.LOOK_UP_MILLIS)) {
          failOnFailure();
          TaskLife.failIfKilled();
        }
        metrics.waited(System.nanoTime() - start);
      }
    } catch (InterruptedException e) {
      throw TaskLife.interrupted();
    }
    if (policy.kind().takesTurns()) {
      turns.enter(batch.partition(), () -> sendUnlessStopped(request(batch, ladder())));
    } else {
      send(request(batch, ladder()));
    }
  }

  /**
   * A request at the next write time. Those of one partition are in order, as its batches leave one
   * after another or take turns.
   */
  private Request request(Batch batch, RetryLadder ladder) {
    Batch timed = policy.kind() == RequestKind.LISTS ? batch.next(clock) : batch;
    return new Request(timed, requests.of(timed, clock.next()), ladder);
  }

  private void keepRate(int rows, long bytes) throws InterruptedException {
    long start = System.nanoTime();
    long delay = pacer.delayNanos(start);
    if (delay > 0) {
      for (long left = delay; left > 0; left = pacer.delayNanos(System.nanoTime())) {
        failOnFailure();
        TaskLife.failIfKilled();
        TimeUnit.NANOSECONDS.sleep(
            Math.min(left, TimeUnit.MILLISECONDS.toNanos(TaskLife.LOOK_UP_MILLIS)));
      }
      metrics.slowed(System.nanoTime() - start);
    }
    pacer.note(rows, bytes, System.nanoTime());
  }

  /**
   * Waits until every request has been acknowledged.
   *
   * @throws ConnectorException the first failure of any request
   * @throws UncheckedIOException when Spark kills the task
   */
  void drain() {
    try {
      while (!window.awaitEmpty(TaskLife.LOOK_UP_MILLIS)) {
        failOnFailure();
        TaskLife.failIfKilled();
      }
    } catch (InterruptedException e) {
      throw TaskLife.interrupted();
    }
    failOnFailure();
  }

  /** From now on nothing is sent, tries of failed requests included. */
  void stop() {
    failure.compareAndSet(null, errors.aborted());
  }

  private record Request(Batch batch, Statement<?> statement, RetryLadder ladder) {}

  private RetryLadder ladder() {
    return RetryLadder.atAnyNode(policy.write().send().retryTime());
  }

  private void sendUnlessStopped(Request request) {
    if (failure.get() == null) {
      send(request);
    } else {
      ended(request);
    }
  }

  private void send(Request request) {
    long start = System.nanoTime();
    var unused =
        statements
            .send(request.statement())
            .whenComplete(
                (applied, error) -> {
                  if (error == null) {
                    answered(request, applied, System.nanoTime() - start);
                  } else {
                    failed(request, FailureKind.unwrap(error));
                  }
                });
  }

  /** Runs on a driver thread; must not block. */
  private void answered(Request request, boolean applied, long nanos) {
    if (applied) {
      metrics.written(request.batch().mutations().size(), request.batch().valueBytes(), nanos);
    } else {
      metrics.notApplied();
      if (policy.write().condition().notApplied() == NotApplied.FAIL) {
        failure.compareAndSet(null, errors.notApplied());
      }
    }
    ended(request);
  }

  /** Runs on a driver thread; must not block. */
  private void failed(Request request, Throwable error) {
    FailureKind kind = FailureKind.of(error);
    if (kind == FailureKind.OVERLOADED) {
      window.overloaded();
    }
    RetryLadder.Step step =
        request.ladder().next(kind, FailureKind.retryAfterMillis(error), System.nanoTime());
    String obstacle = kind == FailureKind.FATAL ? null : obstacles.get();
    Request again =
        obstacle != null || step.action() == RetryLadder.Action.GIVE_UP
            ? null
            : again(request, FailureKind.leavesOutcomeOpen(error));
    if (again == null) {
      failure.compareAndSet(
          null,
          obstacle != null
              ? errors.never(obstacle, error)
              : errors.notAcknowledged(request.batch(), request.ladder().failures(), error));
      if (errors.isUnknown(request.batch(), error)) {
        UnknownOutcomes.log(policy.table(), request.batch());
      }
      ended(request);
      return;
    }
    metrics.retried(RetryReason.valueOf(kind.name()));
    afterMillis.apply(step.delayMillis()).execute(() -> sendUnlessStopped(again));
  }

  /** The request to send again, or null when it must not be. */
  private @Nullable Request again(Request request, boolean outcomeIsOpen) {
    Repetition repetition = request.batch().repetition();
    if (repetition == Repetition.SAME || !outcomeIsOpen) {
      return request;
    } else if (repetition != Repetition.LATER) {
      return null;
    }
    return request(request.batch(), request.ladder());
  }

  private void ended(Request request) {
    window.leave(request.batch().heapBytes());
    if (policy.kind().takesTurns()) {
      turns.leave(request.batch().partition());
    }
  }

  private void failOnFailure() {
    ConnectorException first = failure.get();
    if (first != null) {
      throw first;
    }
  }
}
