// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.send;

import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.Reason;
import io.ringside.spark.flow.FailureKind;
import io.ringside.spark.flow.Refusal;
import org.jspecify.annotations.Nullable;

/** What ends the writing of a task, in words. */
record SendErrors(SendPolicy policy) {

  /** Whether nobody knows what became of a batch that failed and is not sent again. */
  boolean isUnknown(Batch batch, Throwable error) {
    return batch.repetition().compareTo(Repetition.LATER) > 0
        && FailureKind.leavesOutcomeOpen(error);
  }

  ConnectorException aborted() {
    return failed("the task was aborted. Look at the job's first error.", null);
  }

  ConnectorException notApplied() {
    return failed(
        "the condition of a row (key: %s) did not hold, and option 'write.not-applied' is 'fail'. Correct the data, or count such rows with 'ignore'; rows written before stay."
            .formatted(policy.partitionKey()),
        null);
  }

  /** A failure that no repetition can mend. */
  ConnectorException never(String obstacle, Throwable error) {
    return failed(
        obstacle + ". Start the job again when the table is as the data needs it.", error);
  }

  ConnectorException notAcknowledged(Batch batch, int tries, Throwable error) {
    Repetition repetition = batch.repetition();
    return failed(
        "a batch of %d rows of one partition (key: %s) was not acknowledged at %s after %d tries; the last answer was: %s. %s"
            .formatted(
                batch.mutations().size(),
                policy.partitionKey(),
                policy.write().send().consistency(),
                tries,
                Reason.of(error),
                isUnknown(batch, error) ? unknownOutcome(repetition) : advice(repetition, error)),
        error);
  }

  /** A statement that no server has prepared, so that none of its rows was sent. */
  ConnectorException notPrepared(String cql, int tries, Throwable error) {
    String what =
        FailureKind.of(error) == FailureKind.FATAL
            ? "Cassandra does not prepare '%s'".formatted(cql)
            : "'%s' was not prepared after %d tries; the last answer was".formatted(cql, tries);
    return failed(
        "%s: %s. %s; what was written before stays."
            .formatted(what, Reason.of(error), remedy(error)),
        error);
  }

  private static String remedy(Throwable error) {
    if (FailureKind.of(error) != FailureKind.FATAL) {
      return "Look at the nodes' logs; raise write.retry-time if the cluster needs longer";
    }
    return switch (Refusal.of(error)) {
      case NO_PERMISSION -> "Grant MODIFY on the table to this user";
      case TABLE_CHANGED ->
          "The table has changed since the job was planned: load it again, and start the job again";
      case OTHER -> "Correct the data or the table";
    };
  }

  private static String advice(Repetition repetition, Throwable error) {
    return remedy(error)
        + "; what was written before stays"
        + (repetition.compareTo(Repetition.LATER) <= 0
            ? ", and writing the same rows again is safe."
            : ".");
  }

  private static String unknownOutcome(Repetition repetition) {
    return "It is unknown whether these rows were written, so they were not sent again"
        + (repetition == Repetition.CHECKED
            ? "; writing the job's rows again checks their condition anew."
            : ". Compare the table with the data before writing them again: what was added before"
                + " would be added twice.")
        + " The executors' logs have a SELECT for each such row, after 'Unknown outcome'.";
  }

  private ConnectorException failed(String reason, @Nullable Throwable error) {
    return new ConnectorException(
        ErrorCode.WRITE_FAILED,
        "Cannot write to %s: %s".formatted(policy.table().displayName(), reason),
        error);
  }
}
