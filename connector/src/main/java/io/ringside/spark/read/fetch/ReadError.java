// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.Reason;
import io.ringside.spark.flow.FailureKind;
import io.ringside.spark.flow.Refusal;
import io.ringside.spark.types.vector.UnreadableRowsException;
import java.util.List;
import java.util.Locale;

/**
 * Says why a target could not be read and what to do.
 *
 * @param table as messages name it
 */
record ReadError(String table) {
  ConnectorException of(TargetCursor cursor, FailureKind kind, Throwable failure) {
    List<String> asked = cursor.owners().stream().map(Owner::address).toList();
    String answer = Reason.of(failure);
    return new ConnectorException(
        ErrorCode.READ_FAILED,
        "Cannot read %s, %s: after %d tries on %s the last answer was: %s. %s"
            .formatted(
                table,
                cursor.target(),
                cursor.ladder().failures(),
                asked.isEmpty() ? "any node" : asked,
                answer,
                advice(kind, failure, answer.toLowerCase(Locale.ROOT))),
        failure);
  }

  /** For rows of the table that are not what their header says. */
  ConnectorException of(UnreadableRowsException unreadable) {
    return new ConnectorException(
        ErrorCode.READ_FAILED,
        "Cannot read %s: %s".formatted(table, unreadable.getMessage()),
        unreadable);
  }

  private static String advice(FailureKind kind, Throwable failure, String answer) {
    return switch (kind) {
      case TOO_MUCH ->
          "Even the smallest request is more than the server allows. Compact or repair the table"
              + " where tombstones are the reason, or raise the limit that the answer and the"
              + " server's log name.";
      case FATAL -> finalAdvice(failure, answer);
      case TIMEOUT, OVERLOADED, UNREACHABLE, SERVER_ERROR ->
          "Look at these nodes' logs; raise read.retry-time if the cluster needs longer.";
    };
  }

  private static String finalAdvice(Throwable failure, String answer) {
    return switch (Refusal.of(failure)) {
      case NO_PERMISSION -> "Grant SELECT on the table to this user.";
      case TABLE_CHANGED -> "The table has changed since the query was planned: load it again.";
      case OTHER -> adviceForStatement(answer);
    };
  }

  private static String adviceForStatement(String answer) {
    if (answer.contains("allow_filtering") || answer.contains("allow filtering")) {
      return "Set read.allow-filtering to never, so that Spark evaluates these conditions.";
    } else if (answer.contains("guardrail")) {
      return "Set read.pushdown to false, so that Spark evaluates what this guardrail forbids.";
    }
    return "Correct the query or the table; with read.pushdown=false Cassandra is asked for rows"
        + " alone.";
  }
}
