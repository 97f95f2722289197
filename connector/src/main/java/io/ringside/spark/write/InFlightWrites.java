// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Statement;
import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.metric.WriteTaskMetrics;
import io.ringside.spark.session.FailureKind;
import io.ringside.spark.session.RetryLadder;
import io.ringside.spark.session.TaskLife;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one task that are under way: bounded by a window, tried again by the retry
 * ladder, and after the first one that failed for good nothing more is sent. The task's thread
 * submits and drains; driver threads complete.
 */
final class InFlightWrites {
  /** Nodes of the session's own query plan that one try may have asked. */
  private static final int TRIES_WITHOUT_PAUSE = 2;

  private final CqlSession session;
  private final WritePlan plan;
  private final WriteTaskMetrics metrics;
  private final RequestWindow window;
  private final AtomicReference<@Nullable ConnectorException> failure = new AtomicReference<>();

  InFlightWrites(CqlSession session, WritePlan plan, WriteTaskMetrics metrics) {
    this.session = session;
    this.plan = plan;
    this.metrics = metrics;
    this.window = new RequestWindow(plan.write().inFlight(), plan.write().bufferBytes());
  }

  /**
   * Sends a statement as soon as the window has room.
   *
   * @throws ConnectorException the first failure of any request so far; then nothing is sent
   * @throws UncheckedIOException when Spark kills the task
   */
  void submit(Statement<?> statement, int rows, long bytes) {
    failOnFailure();
    try {
      if (!window.enter(bytes, 0)) {
        long start = System.nanoTime();
        while (!window.enter(bytes, TaskLife.LOOK_UP_MILLIS)) {
          failOnFailure();
          TaskLife.failIfKilled();
        }
        metrics.waited(System.nanoTime() - start);
      }
    } catch (InterruptedException e) {
      throw TaskLife.interrupted();
    }
    send(new Request(statement, rows, bytes, ladder()));
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
    failure.compareAndSet(
        null,
        new ConnectorException(
            ErrorCode.WRITE_FAILED,
            "Cannot write to %s: the task was aborted. Look at the job's first error."
                .formatted(plan.table().displayName())));
  }

  private record Request(Statement<?> statement, int rows, long bytes, RetryLadder ladder) {}

  private RetryLadder ladder() {
    return new RetryLadder(
        TRIES_WITHOUT_PAUSE,
        plan.write().retryTime().toMillis(),
        () -> ThreadLocalRandom.current().nextDouble());
  }

  private void send(Request request) {
    long start = System.nanoTime();
    CompletionStage<?> answer;
    try {
      answer = session.executeAsync(request.statement());
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    var unused =
        answer.whenComplete(
            (result, error) -> {
              if (error == null) {
                metrics.written(request.rows(), request.bytes(), System.nanoTime() - start);
                window.leave(request.bytes());
              } else {
                failed(request, FailureKind.unwrap(error));
              }
            });
  }

  /** Runs on a driver thread; must not block. */
  private void failed(Request request, Throwable error) {
    FailureKind kind = FailureKind.of(error);
    if (kind == FailureKind.OVERLOADED) {
      window.overloaded();
    }
    RetryLadder.Step step =
        request.ladder().next(kind, FailureKind.retryAfterMillis(error), System.nanoTime());
    if (step.action() == RetryLadder.Action.GIVE_UP) {
      failure.compareAndSet(null, cannotWrite(request, error));
      window.leave(request.bytes());
      return;
    }
    metrics.retried();
    CompletableFuture.delayedExecutor(step.delayMillis(), TimeUnit.MILLISECONDS, Runnable::run)
        .execute(
            () -> {
              if (failure.get() == null) {
                send(request);
              } else {
                window.leave(request.bytes());
              }
            });
  }

  private void failOnFailure() {
    ConnectorException first = failure.get();
    if (first != null) {
      throw first;
    }
  }

  private ConnectorException cannotWrite(Request request, Throwable error) {
    String key =
        String.join(", ", plan.table().partitionKey().stream().map(c -> c.name()).toList());
    return new ConnectorException(
        ErrorCode.WRITE_FAILED,
        ("Cannot write to %s: a batch of %d rows of one partition (key: %s) was not acknowledged at"
                + " %s after %d tries; the last answer was: %s. Correct the data or the table, or"
                + " look at the cluster; what was written before stays, and writing the same rows"
                + " again is safe.")
            .formatted(
                plan.table().displayName(),
                request.rows(),
                key,
                plan.write().consistency(),
                request.ladder().failures(),
                String.valueOf(error.getMessage())),
        error);
  }
}
