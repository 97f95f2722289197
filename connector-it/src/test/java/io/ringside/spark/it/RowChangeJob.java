// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * A program of its own that runs an {@code UPDATE} by a cluster of two executors, each a process.
 * When the first task has written its rows, the executor that has read the table dies, and with it
 * the rows that the other tasks are to write. The program says how the statement ended.
 */
public final class RowChangeJob {
  /** In front of the message of the exception that ended the statement. */
  static final String FAILED = "the statement failed: ";

  /** Printed when the statement came to its end. */
  static final String ENDED = "the statement ended";

  /** Tasks that write, unlike the one that reads. */
  private static final int WRITING_TASKS = 6;

  private RowChangeJob() {}

  /**
   * Runs the statement.
   *
   * @param args contact point, table with its keyspace, rows that a second may change, what
   *     executors need on the class path besides Spark's folder
   */
  public static void main(String[] args) {
    SparkSession spark =
        SparkSession.builder()
            .master("local-cluster[2,1,600]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.executor.memory", "600m")
            .config("spark.executor.extraClassPath", args[3])
            .config("spark.sql.shuffle.partitions", String.valueOf(WRITING_TASKS))
            .config("spark.sql.adaptive.coalescePartitions.enabled", "false")
            // Newer versions of Spark compare what a repeated stage reads; others have the
            // connector alone to notice.
            .config("spark.sql.shuffle.orderIndependentChecksum.enabled", "false")
            .config("spark.sql.shuffle.orderIndependentChecksum.enableFullRetryOnMismatch", "false")
            .config("spark.sql.catalog.c", "io.ringside.spark.CassandraCatalog")
            .config("spark.sql.catalog.c.contact-points", args[0])
            .config("spark.sql.catalog.c.write.rate-limit", args[2] + " rows")
            .getOrCreate();
    spark.sparkContext().addSparkListener(new ReaderKiller());
    try {
      spark.sql("UPDATE c." + args[1] + " SET v = v + 1");
      System.out.println(ENDED);
    } catch (Exception failure) {
      System.out.println(FAILED + messages(failure));
    }
    spark.stop();
  }

  private static String messages(@Nullable Throwable failure) {
    StringBuilder all = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      all.append(cause.getMessage()).append(System.lineSeparator());
    }
    return all.toString();
  }

  /** Ends the executor that read the table, when the first writing task has ended. */
  private static final class ReaderKiller extends SparkListener {
    private final Map<Integer, Integer> tasksOfStage = new ConcurrentHashMap<>();
    private final Set<String> readers = ConcurrentHashMap.newKeySet();

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
      tasksOfStage.put(submitted.stageInfo().stageId(), submitted.stageInfo().numTasks());
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      String executor = end.taskInfo().executorId();
      if (Objects.requireNonNull(tasksOfStage.get(end.stageId())) < WRITING_TASKS) {
        readers.add(executor);
      } else if (!readers.isEmpty()) {
        readers.forEach(RowChangeJob::kill);
        readers.clear();
      }
    }
  }

  /** The Workers of such a cluster are in this process, so their executors are its children. */
  private static void kill(String executor) {
    ProcessHandle.current()
        .children()
        .filter(
            child ->
                child.info().commandLine().orElse("").contains("--executor-id " + executor + " "))
        .forEach(ProcessHandle::destroyForcibly);
  }
}
