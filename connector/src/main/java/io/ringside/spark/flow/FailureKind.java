// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.flow;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.NodeUnavailableException;
import com.datastax.oss.driver.api.core.RequestThrottlingException;
import com.datastax.oss.driver.api.core.connection.BusyConnectionException;
import com.datastax.oss.driver.api.core.connection.ClosedConnectionException;
import com.datastax.oss.driver.api.core.connection.HeartbeatException;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.servererrors.BootstrappingException;
import com.datastax.oss.driver.api.core.servererrors.OverloadedException;
import com.datastax.oss.driver.api.core.servererrors.QueryExecutionException;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import com.datastax.oss.driver.api.core.servererrors.ReadFailureException;
import com.datastax.oss.driver.api.core.servererrors.ReadTimeoutException;
import com.datastax.oss.driver.api.core.servererrors.ServerError;
import com.datastax.oss.driver.api.core.servererrors.TruncateException;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;
import com.datastax.oss.driver.api.core.servererrors.WriteFailureException;
import com.datastax.oss.driver.api.core.servererrors.WriteTimeoutException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a failed request calls for. Ordered from the mildest to the one that cannot be retried. */
public enum FailureKind {
  /** The replica, or the client's own limit, asks for less: wait, then try elsewhere. */
  OVERLOADED,
  /** The work was too much for the time: try elsewhere, then ask for less at once. */
  TIMEOUT,
  /**
   * The server, or a limit of it, says that less must be asked for: tombstones, bytes, rows of a
   * page. Other replicas would say the same.
   */
  TOO_MUCH,
  /** The node or enough of its peers are away: try elsewhere, then wait. */
  UNREACHABLE,
  /** The server failed inside; another replica may not. */
  SERVER_ERROR,
  /** The same request will always fail. */
  FATAL;

  /** The code of a replica's time-out in a read failure (native protocol, version 5). */
  private static final int TIMEOUT_OF_REPLICA = 2;

  /** Azure Cosmos DB puts the time to wait into the text of its overload errors. */
  private static final Pattern RETRY_AFTER = Pattern.compile("RetryAfterMs=(\\d{1,9})");

  /** The kind of a failure as the driver gave it, wrapped in completion exceptions or not. */
  public static FailureKind of(Throwable failure) {
    Throwable error = unwrap(failure);
    if (error instanceof AllNodesFailedException all) {
      return ofAll(all.getAllErrors());
    }
    if (error instanceof OverloadedException
        || error instanceof BusyConnectionException
        || error instanceof RequestThrottlingException) {
      return OVERLOADED;
    }
    if (error instanceof ReadTimeoutException
        || error instanceof WriteTimeoutException
        || error instanceof DriverTimeoutException
        || (error instanceof ReadFailureException reasons
            && reasons.getReasonMap().containsValue(TIMEOUT_OF_REPLICA))) {
      return TIMEOUT;
    }
    if (TooMuch.isSaidBy(error)) {
      return TOO_MUCH;
    }
    if (error instanceof UnavailableException
        || error instanceof BootstrappingException
        || error instanceof ClosedConnectionException
        || error instanceof HeartbeatException
        || error instanceof NodeUnavailableException
        || error instanceof java.io.IOException) {
      return UNREACHABLE;
    }
    if (error instanceof ServerError
        || error instanceof ReadFailureException
        || error instanceof WriteFailureException
        || error instanceof TruncateException
        || error instanceof QueryExecutionException) {
      return SERVER_ERROR;
    }
    return FATAL;
  }

  /**
   * Whether a write that failed so may have been done, or may still be done, nevertheless: a
   * time-out or a broken connection says nothing about the replicas. False only when a server, or
   * the driver, has refused the request before anything came of it.
   */
  public static boolean leavesOutcomeOpen(Throwable failure) {
    Throwable error = unwrap(failure);
    if (error instanceof AllNodesFailedException all) {
      return all.getAllErrors().values().stream()
          .flatMap(List::stream)
          .anyMatch(FailureKind::leavesOutcomeOpen);
    }
    if (error instanceof OverloadedException) {
      // The one overload found while a mutation is under way: too many hints for other replicas.
      return String.valueOf(error.getMessage()).contains("hint");
    }
    return !(error instanceof UnavailableException
        || error instanceof BootstrappingException
        || error instanceof NodeUnavailableException
        || error instanceof BusyConnectionException
        || error instanceof RequestThrottlingException
        || error instanceof QueryValidationException);
  }

  /**
   * The error inside completion and execution exceptions.
   *
   * @return the failure itself when nothing wraps it
   */
  public static Throwable unwrap(Throwable failure) {
    Throwable error = failure;
    while ((error instanceof CompletionException || error instanceof ExecutionException)
        && error.getCause() != null) {
      error = error.getCause();
    }
    return error;
  }

  /** Milliseconds that the server asks to wait before the next try; 0 when it asks nothing. */
  public static long retryAfterMillis(Throwable failure) {
    long longest = 0;
    for (Throwable error = unwrap(failure); error != null; error = error.getCause()) {
      if (error instanceof AllNodesFailedException all) {
        for (List<Throwable> errors : all.getAllErrors().values()) {
          for (Throwable one : errors) {
            longest = Math.max(longest, retryAfterMillis(one));
          }
        }
      }
      Matcher matcher = RETRY_AFTER.matcher(String.valueOf(error.getMessage()));
      if (matcher.find()) {
        longest = Math.max(longest, Long.parseLong(matcher.group(1)));
      }
    }
    return longest;
  }

  /** No node tried means that none was reachable; else the error that is the hardest to retry. */
  private static FailureKind ofAll(Map<Node, List<Throwable>> errors) {
    FailureKind worst = errors.isEmpty() ? UNREACHABLE : OVERLOADED;
    for (List<Throwable> ofNode : errors.values()) {
      for (Throwable error : ofNode) {
        FailureKind kind = of(error);
        if (kind.compareTo(worst) > 0) {
          worst = kind;
        }
      }
    }
    return worst;
  }
}
