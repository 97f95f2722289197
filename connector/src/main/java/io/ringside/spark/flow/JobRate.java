// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.flow;

import io.ringside.spark.config.RateLimit;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Divides the rate limit of a job over the tasks that may run at once. Tasks do not talk to each
 * other: a job runs below its limit when it has fewer of them at a time. Driver only.
 */
public final class JobRate {
  private JobRate() {}

  /**
   * Each task's part of a limit.
   *
   * @param limit of the whole job, or null for none
   * @param tasks of the whole job
   */
  public static @Nullable RateLimit perTask(@Nullable RateLimit limit, int tasks) {
    if (limit == null) {
      return null;
    }
    SparkSession session = SparkSession.active();
    int slots =
        slots(session.sparkContext().getConf(), session.sparkContext().defaultParallelism());
    return limit.sharedBy(Math.min(Math.max(1, tasks), slots));
  }

  /**
   * How many tasks may run at once. Executors that come later count as well: as many as dynamic
   * allocation may ask for.
   *
   * @param cores of all executors that are there
   */
  static int slots(SparkConf conf, int cores) {
    long most = cores;
    if (conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
      int executors = conf.getInt("spark.dynamicAllocation.maxExecutors", Integer.MAX_VALUE);
      most = Math.max(most, (long) executors * conf.getInt("spark.executor.cores", 1));
    }
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, most / conf.getInt("spark.task.cpus", 1)));
  }
}
