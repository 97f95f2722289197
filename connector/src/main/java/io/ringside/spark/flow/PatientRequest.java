// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.flow;

import com.datastax.oss.driver.api.core.DriverException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A single request that a thread waits for, such as the preparation of a statement: made again
 * while its failure may pass. Driver and executors.
 */
public final class PatientRequest {
  private PatientRequest() {}

  /**
   * Makes it.
   *
   * @param request blocks until the answer is there; safe to make more than once
   * @param retryTime how long after the first failure it is made again
   * @param onRetry called with each failure after which it is
   * @throws DriverException the last failure: one that is final, or when the time is over
   * @throws java.io.UncheckedIOException when Spark kills the task
   */
  public static <T> T make(Supplier<T> request, Duration retryTime, Consumer<FailureKind> onRetry) {
    RetryLadder ladder = RetryLadder.atAnyNode(retryTime);
    while (true) {
      try {
        return request.get();
      } catch (DriverException e) {
        FailureKind kind = FailureKind.of(e);
        RetryLadder.Step step =
            ladder.next(kind, FailureKind.retryAfterMillis(e), System.nanoTime());
        if (step.action() == RetryLadder.Action.GIVE_UP) {
          throw e;
        }
        onRetry.accept(kind);
        TaskLife.pause(step.delayMillis());
      }
    }
  }
}
