// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.session;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The statements that a session has prepared, each for as long as somebody uses it. A preparation
 * reads and writes no rows, so a node that does not answer soon is hung: another node is asked as
 * well, and the first answer counts. The driver would wait for the hung node for the whole time-out
 * of a request, as a preparation has neither a time-out nor a node of its own
 * (DefaultPrepareRequest), and everybody who prepares the same text would wait with it. One per
 * session. Driver and executors; thread-safe.
 */
final class PreparedStatements {
  /** Shorter than the time after which a page is asked of a second node. */
  private static final long PATIENCE_MILLIS = 500;

  private static final int MOST_REQUESTS = 4;

  private final Cache<String, CompletableFuture<PreparedStatement>> inUse =
      Caffeine.newBuilder().weakValues().executor(Runnable::run).build();
  private final AtomicInteger requests = new AtomicInteger();

  /** What prepares statements and lets time pass: a session, or what a test scripts. */
  interface Preparer {
    /** Asks the next node of the session's choice. Does not block. */
    CompletionStage<PreparedStatement> prepare(SimpleStatement statement);

    /** Runs an action after this time, in another thread. */
    void runLater(Runnable action, long millis);
  }

  /** The preparer that is a session, and lets time pass by this executor. */
  static Preparer by(CqlSession session, ScheduledExecutorService timer) {
    return new Preparer() {
      @Override
      public CompletionStage<PreparedStatement> prepare(SimpleStatement statement) {
        return session.prepareAsync(statement);
      }

      @Override
      public void runLater(Runnable action, long millis) {
        var unused = timer.schedule(action, millis, TimeUnit.MILLISECONDS);
      }
    };
  }

  /**
   * A statement, prepared once for all who use it at the same time; prepared anew after a failure.
   * Does not block. The future fails with the driver's exception.
   */
  CompletableFuture<PreparedStatement> prepare(Preparer preparer, String cql) {
    return inUse
        .asMap()
        .compute(
            cql,
            (text, known) -> {
              if (known != null && !known.isCompletedExceptionally()) {
                return known;
              }
              CompletableFuture<PreparedStatement> prepared = new CompletableFuture<>();
              ask(preparer, text, prepared, 1);
              return prepared;
            });
  }

  private void ask(
      Preparer preparer, String cql, CompletableFuture<PreparedStatement> prepared, int request) {
    if (prepared.isDone()) {
      return;
    }
    // The driver answers a request that equals an earlier one with that one's future. The page size
    // makes each request another one; whoever executes the statement sets it anyway.
    SimpleStatement statement =
        SimpleStatement.newInstance(cql).setPageSize(requests.incrementAndGet());
    var unused =
        preparer
            .prepare(statement)
            .whenComplete(
                (answer, failure) -> {
                  if (failure == null) {
                    prepared.complete(answer);
                  } else {
                    prepared.completeExceptionally(
                        failure instanceof CompletionException wrapped && wrapped.getCause() != null
                            ? wrapped.getCause()
                            : failure);
                  }
                });
    if (request < MOST_REQUESTS) {
      preparer.runLater(() -> ask(preparer, cql, prepared, request + 1), PATIENCE_MILLIS);
    }
  }
}
