// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import io.ringside.spark.config.RateLimit;
import io.ringside.spark.config.WriteConfig;
import io.ringside.spark.flow.JobRate;
import io.ringside.spark.write.send.TaskPlace;
import java.io.Serializable;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.connector.write.PhysicalWriteInfo;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of a job that writes. Made on the driver, sent to executors.
 *
 * @param count how many there are
 * @param rate each task's part of the job's rate limit, or null
 */
record JobTasks(int count, @Nullable RateLimit rate) implements Serializable {
  /** More than Spark starts in one attempt at a stage with its default settings. */
  private static final int ATTEMPTS_OF_STAGE = 6;

  /** The tasks of a job that Spark has planned. */
  static JobTasks of(PhysicalWriteInfo info, WriteConfig write) {
    return new JobTasks(
        info.numPartitions(), JobRate.perTask(write.job().rateLimit(), info.numPartitions()));
  }

  /**
   * The place of the task that the present thread runs.
   *
   * @param partitionId its number in the job, as Spark gives it to the writer
   */
  TaskPlace place(int partitionId) {
    TaskContext context = TaskContext.get();
    long attempt =
        context == null
            ? 0
            : (long) context.stageAttemptNumber() * ATTEMPTS_OF_STAGE + context.attemptNumber();
    return new TaskPlace(partitionId, Math.max(1, count), attempt);
  }
}
