// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/**
 * A program of its own that writes rows by a cluster, of which one task stops half way until a copy
 * of it has come as far. Each row says which attempts wrote it. The program says how many copies
 * Spark started.
 */
public final class SpeculationJob {
  /** In front of the number of copies. */
  static final String COPIES = "speculative copies: ";

  static final int TASKS = 4;
  static final int SLOW_TASK = 0;

  private static final long WAIT_NANOS = TimeUnit.MINUTES.toNanos(3);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private SpeculationJob() {}

  /**
   * Writes.
   *
   * @param args the Master, contact point, keyspace, table, number of rows, what executors need on
   *     the class path besides Spark's folder, a file that is not there
   */
  public static void main(String[] args) throws InterruptedException {
    long rows = Long.parseLong(args[4]);
    AtomicInteger copies = new AtomicInteger();
    SparkSession spark =
        SparkSession.builder()
            .master(args[0])
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.executor.memory", "600m")
            .config("spark.executor.extraClassPath", args[5])
            .config("spark.task.maxFailures", "1")
            .config("spark.speculation", "true")
            .config("spark.speculation.interval", "50ms")
            .config("spark.speculation.multiplier", "1.1")
            .config("spark.speculation.quantile", "0.5")
            // By time alone, not by records read, of which there are none.
            .config("spark.speculation.efficiency.enabled", "false")
            .getOrCreate();
    spark
        .sparkContext()
        .addSparkListener(
            new SparkListener() {
              @Override
              public void onTaskStart(SparkListenerTaskStart start) {
                if (start.taskInfo().speculative() && start.taskInfo().index() == SLOW_TASK) {
                  copies.incrementAndGet();
                }
              }
            });
    spark
        .range(0, rows, 1, TASKS)
        .map(meeting(rows / TASKS, args[6]), Encoders.tuple(Encoders.LONG(), Encoders.INT()))
        .selectExpr(
            "_1 div 20 AS id",
            "cast(_1 % 20 AS int) AS n",
            "concat('v', _1) AS v",
            "array(_2) AS attempts")
        .write()
        .format("cassandra")
        .option("contact-points", args[1])
        .option("keyspace", args[2])
        .option("table", args[3])
        .option("write.collection.attempts", "append")
        .mode("append")
        .save();
    spark.stop();
    System.out.println(COPIES + copies.get());
  }

  /** Each number with the attempt; the first one of the slow task waits for the second. */
  private static MapFunction<Long, Tuple2<Long, Integer>> meeting(long rowsOfTask, String file) {
    return value -> {
      TaskContext task = TaskContext.get();
      int attempt = task.attemptNumber();
      if (task.partitionId() == SLOW_TASK && value % rowsOfTask == rowsOfTask / 2) {
        meet(Path.of(file), attempt);
      }
      return new Tuple2<>(value, attempt);
    };
  }

  private static void meet(Path file, int attempt) throws IOException {
    if (attempt > 0) {
      Files.createFile(file);
      return;
    }
    long deadline = System.nanoTime() + WAIT_NANOS;
    while (!Files.exists(file)) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("No copy of this task came as far within 3 minutes");
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }
}
