// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import io.ringside.spark.write.send.TaskPlace;
import org.apache.spark.TaskContext;

/** Which task and attempt the present thread runs. On executors. */
final class TaskAttempt {
  /** More than Spark starts in one attempt at a stage, unless told otherwise. */
  private static final int ATTEMPTS_OF_STAGE = 6;

  private TaskAttempt() {}

  /**
   * The place of the present thread's task.
   *
   * @param task its number in the job, as Spark gives it to the writer
   * @param tasks how many the job has
   */
  static TaskPlace place(int task, int tasks) {
    TaskContext context = TaskContext.get();
    long attempt =
        context == null
            ? 0
            : (long) context.stageAttemptNumber() * ATTEMPTS_OF_STAGE + context.attemptNumber();
    return new TaskPlace(task, Math.max(1, tasks), attempt);
  }
}
