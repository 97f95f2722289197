// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.flow;

import io.ringside.spark.config.RateLimit;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Divides the rate limit of a job over the tasks that may run at once. Tasks do not talk to each
 * other: a job runs below its limit when it has fewer of them at a time. Driver only.
 */
public final class JobRate {
  private static final Logger LOG = LoggerFactory.getLogger(JobRate.class);

  /** A job that runs as slowly as this against its limit is warned of. */
  private static final long UNUSED_SHARES = 2;

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
    SparkContext context = SparkSession.active().sparkContext();
    int now = slots(context.defaultParallelism(), context.getConf());
    int shares =
        Math.min(Math.max(1, tasks), mostSlots(context.defaultParallelism(), context.getConf()));
    if (shares > now * UNUSED_SHARES) {
      LOG.warn(
          "The rate limit is shared by {} tasks, which dynamic allocation may run at once; {} can"
              + " run now, and until more do the job stays below its limit. Set"
              + " spark.dynamicAllocation.maxExecutors to the executors that it will get.",
          shares,
          now);
    }
    return limit.sharedBy(shares);
  }

  /**
   * How many tasks can run at once now.
   *
   * @param cores of all executors that are there
   */
  static int slots(int cores, SparkConf conf) {
    return Math.max(1, cores / conf.getInt("spark.task.cpus", 1));
  }

  /**
   * How many tasks may run at once at any time of a job. Executors that come later count as well:
   * as many as dynamic allocation may ask for.
   *
   * @param cores of all executors that are there
   */
  static int mostSlots(int cores, SparkConf conf) {
    long most = cores;
    if (conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
      int executors = conf.getInt("spark.dynamicAllocation.maxExecutors", Integer.MAX_VALUE);
      most = Math.max(most, (long) executors * conf.getInt("spark.executor.cores", 1));
    }
    return slots((int) Math.min(Integer.MAX_VALUE, most), conf);
  }
}
