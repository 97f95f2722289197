// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;

/**
 * A program of its own that writes rows by a cluster of two executors, each a process, one of which
 * dies. It says how many tasks Spark ran more than once.
 */
public final class WriteJob {
  /** In front of the number of repeated tasks. */
  static final String REPEATED = "repeated tasks: ";

  private static final int TASKS = 6;
  private static final int ILL_TASK = 1;

  private WriteJob() {}

  /**
   * Writes.
   *
   * @param args contact point, keyspace, table, number of rows, what executors need on the class
   *     path besides Spark's folder
   */
  public static void main(String[] args) throws InterruptedException {
    long rows = Long.parseLong(args[3]);
    AtomicInteger repeated = new AtomicInteger();
    SparkSession spark =
        SparkSession.builder()
            .master("local-cluster[2,1,600]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.executor.memory", "600m")
            .config("spark.executor.extraClassPath", args[4])
            .getOrCreate();
    spark
        .sparkContext()
        .addSparkListener(
            new SparkListener() {
              @Override
              public void onTaskStart(SparkListenerTaskStart start) {
                if (start.taskInfo().attemptNumber() > 0) {
                  repeated.incrementAndGet();
                }
              }
            });
    spark
        .range(0, rows, 1, TASKS)
        .map(dying(rows / TASKS), Encoders.LONG())
        .selectExpr(
            "value div 20 AS id",
            "cast(value % 20 AS int) AS n",
            "concat('v', value) AS v",
            "array(1, cast(value AS int)) AS l")
        .write()
        .format("cassandra")
        .option("contact-points", args[0])
        .option("keyspace", args[1])
        .option("table", args[2])
        .mode("append")
        .save();
    spark.stop();
    System.out.println(REPEATED + repeated.get());
  }

  /** The executor's process ends at once, in the middle of the first attempt of one task. */
  private static MapFunction<Long, Long> dying(long rowsOfTask) {
    return value -> {
      TaskContext task = TaskContext.get();
      boolean ill = task.partitionId() == ILL_TASK && task.attemptNumber() == 0;
      if (ill && value % rowsOfTask == rowsOfTask / 2) {
        Runtime.getRuntime().halt(1);
      }
      return value;
    };
  }
}
