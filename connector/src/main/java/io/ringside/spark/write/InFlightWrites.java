// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Statement;
import io.ringside.spark.config.NotApplied;
import io.ringside.spark.config.RateLimit;
import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.flow.FailureKind;
import io.ringside.spark.flow.RatePacer;
import io.ringside.spark.flow.RetryLadder;
import io.ringside.spark.flow.TaskLife;
import io.ringside.spark.metric.RetryReason;
import io.ringside.spark.metric.WriteTaskMetrics;
import io.ringside.spark.schema.ColumnSpec;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
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
  private final RatePacer pacer;
  private final PartitionTurns<ByteBuffer> turns = new PartitionTurns<>();
  private final AtomicReference<@Nullable ConnectorException> failure = new AtomicReference<>();

  /**
   * No request under way.
   *
   * @param rate this task's part of the job's rate limit, or null
   */
  InFlightWrites(
      CqlSession session, WritePlan plan, @Nullable RateLimit rate, WriteTaskMetrics metrics) {
    this.session = session;
    this.plan = plan;
    this.metrics = metrics;
    this.window = new RequestWindow(plan.write().inFlight(), plan.write().bufferBytes());
    this.pacer = new RatePacer(rate);
  }

  /**
   * Sends a statement as soon as the rate limit allows it and the window has room.
   *
   * @param partition the bytes of the partition key of all its rows
   * @throws ConnectorException the first failure of any request so far; then nothing is sent
   * @throws UncheckedIOException when Spark kills the task
   */
  void submit(Statement<?> statement, ByteBuffer partition, int rows, long bytes) {
    failOnFailure();
    try {
      keepRate(rows, bytes);
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
    Request request = new Request(statement, partition, rows, bytes, ladder());
    if (plan.kind() == WriteKind.CONDITIONAL) {
      turns.enter(partition, () -> sendUnlessStopped(request));
    } else {
      send(request);
    }
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
    failure.compareAndSet(
        null,
        new ConnectorException(
            ErrorCode.WRITE_FAILED,
            "Cannot write to %s: the task was aborted. Look at the job's first error."
                .formatted(plan.table().displayName())));
  }

  private record Request(
      Statement<?> statement, ByteBuffer partition, int rows, long bytes, RetryLadder ladder) {}

  private RetryLadder ladder() {
    return new RetryLadder(
        TRIES_WITHOUT_PAUSE,
        plan.write().retryTime().toMillis(),
        () -> ThreadLocalRandom.current().nextDouble());
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
    CompletionStage<AsyncResultSet> answer;
    try {
      answer = session.executeAsync(request.statement());
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    var unused =
        answer.whenComplete(
            (result, error) -> {
              if (error == null) {
                answered(request, result, System.nanoTime() - start);
              } else {
                failed(request, FailureKind.unwrap(error));
              }
            });
  }

  /** Runs on a driver thread; must not block. */
  private void answered(Request request, AsyncResultSet result, long nanos) {
    if (plan.kind() != WriteKind.CONDITIONAL || result.wasApplied()) {
      metrics.written(request.rows(), request.bytes(), nanos);
    } else {
      metrics.notApplied();
      if (plan.write().condition().notApplied() == NotApplied.FAIL) {
        failure.compareAndSet(null, notApplied());
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
    boolean same = plan.kind().isIdempotent() || !FailureKind.leavesOutcomeOpen(error);
    Request again = same ? request : later(request);
    if (step.action() == RetryLadder.Action.GIVE_UP || again == null) {
      failure.compareAndSet(null, cannotWrite(request, error));
      ended(request);
      return;
    }
    metrics.retried(RetryReason.valueOf(kind.name()));
    CompletableFuture.delayedExecutor(step.delayMillis(), TimeUnit.MILLISECONDS, Runnable::run)
        .execute(() -> sendUnlessStopped(again));
  }

  /** The request with a later write time; null when only its statements have one, or none may. */
  private @Nullable Request later(Request request) {
    long micros = request.statement().getQueryTimestamp();
    return plan.kind() != WriteKind.LISTS || micros == Statement.NO_DEFAULT_TIMESTAMP
        ? null
        : new Request(
            request.statement().setQueryTimestamp(micros + 1),
            request.partition(),
            request.rows(),
            request.bytes(),
            request.ladder());
  }

  private void ended(Request request) {
    window.leave(request.bytes());
    if (plan.kind() == WriteKind.CONDITIONAL) {
      turns.leave(request.partition());
    }
  }

  private void failOnFailure() {
    ConnectorException first = failure.get();
    if (first != null) {
      throw first;
    }
  }

  private String key() {
    return String.join(", ", plan.table().partitionKey().stream().map(ColumnSpec::name).toList());
  }

  private ConnectorException notApplied() {
    return new ConnectorException(
        ErrorCode.WRITE_FAILED,
        ("Cannot write to %s: the condition of a row (key: %s) did not hold, and option"
                + " 'write.not-applied' is 'fail'. Correct the data, or count such rows with"
                + " 'ignore'; rows written before stay.")
            .formatted(plan.table().displayName(), key()));
  }

  private ConnectorException cannotWrite(Request request, Throwable error) {
    boolean open = !plan.kind().isRepeatable() && FailureKind.leavesOutcomeOpen(error);
    return new ConnectorException(
        ErrorCode.WRITE_FAILED,
        ("Cannot write to %s: a batch of %d rows of one partition (key: %s) was not acknowledged at"
                + " %s after %d tries; the last answer was: %s. %s")
            .formatted(
                plan.table().displayName(),
                request.rows(),
                key(),
                plan.write().consistency(),
                request.ladder().failures(),
                String.valueOf(error.getMessage()),
                open ? unknownOutcome() : advice()),
        error);
  }

  private String advice() {
    return "Correct the data or the table, or look at the cluster; what was written before stays"
        + (plan.kind().isRepeatable() ? ", and writing the same rows again is safe." : ".");
  }

  private String unknownOutcome() {
    return "It is unknown whether these rows were written, so they were not sent again"
        + (plan.kind() == WriteKind.CONDITIONAL
            ? "; writing the job's rows again checks their condition anew."
            : ". Compare the table with the data before writing them again: what was added before"
                + " would be added twice.");
  }
}
