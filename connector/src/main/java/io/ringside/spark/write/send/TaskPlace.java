// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.send;

/**
 * Which task of a job something is, and which attempt at it.
 *
 * @param task number of the task in its job, from 0
 * @param tasks how many the job has, at least 1
 * @param attempt number of the attempt at the task, from 0
 */
public record TaskPlace(int task, int tasks, long attempt) {
  /** A job without tasks, on Spark's driver. */
  public static final TaskPlace OF_DRIVER = new TaskPlace(0, 1, 0);
}
