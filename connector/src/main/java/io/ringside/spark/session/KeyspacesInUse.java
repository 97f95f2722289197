// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.session;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.flow.FailureKind;
import io.ringside.spark.flow.TaskLife;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * The keyspaces that a session's users have named: the driver reads the schema of these alone, and
 * with it the owners of their tokens. One per session. Driver and executors; thread-safe.
 */
final class KeyspacesInUse {
  /** A keyspace that is always there and small: an empty list would mean all keyspaces. */
  private static final String SMALL_KEYSPACE = "system_traces";

  /** Long enough for the driver to notice a silent node and to go on with another. */
  private static final Duration REFRESH_TIME = Duration.ofSeconds(40);

  /** For one try; a large schema takes a few seconds. */
  private static final Duration TRY_TIME = Duration.ofSeconds(20);

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final Set<String> named = new ConcurrentSkipListSet<>(List.of(SMALL_KEYSPACE));
  private final Set<String> known = new ConcurrentSkipListSet<>();

  /** All names so far. */
  List<String> names() {
    return List.copyOf(named);
  }

  /** Makes a session read a keyspace's schema from now on; blocks until it has. */
  void use(CqlSession session, String keyspace) {
    if (known.contains(keyspace)) {
      return;
    }
    synchronized (this) {
      if (!known.contains(keyspace)) {
        named.add(keyspace);
        session.getContext().getConfigLoader().reload().toCompletableFuture().join();
        refresh(session);
        known.add(keyspace);
      }
    }
  }

  /**
   * Asks the cluster anew for the schema. A try that fails, because the node that the driver asks
   * is silent or gone, is repeated: the driver turns to another one meanwhile.
   *
   * @throws InvalidInputException CONNECTION_FAILED when no node has sent it in time
   */
  static void refresh(CqlSession session) {
    long deadline = System.nanoTime() + REFRESH_TIME.toNanos();
    while (true) {
      try {
        session
            .refreshSchemaAsync()
            .toCompletableFuture()
            .get(TRY_TIME.toMillis(), TimeUnit.MILLISECONDS);
        return;
      } catch (ExecutionException
          | TimeoutException
          | CompletionException
          | DriverException
          | IllegalStateException e) {
        if (isFinal(e) || session.isClosed() || System.nanoTime() > deadline) {
          throw new InvalidInputException(
              ErrorCode.CONNECTION_FAILED,
              ("Cannot read the schema: no node has sent it; the last try ended with: %s."
                      + " Look whether the nodes answer, and run the query again.")
                  .formatted(FailureKind.unwrap(e)),
              e);
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      } catch (InterruptedException e) {
        throw TaskLife.interrupted();
      }
    }
  }

  /** Whether the server refuses to send it, for instance to this user. */
  private static boolean isFinal(Throwable failure) {
    return FailureKind.unwrap(failure) instanceof QueryValidationException;
  }
}
