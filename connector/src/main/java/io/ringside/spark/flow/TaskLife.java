// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.flow;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import org.apache.spark.TaskContext;

/** Whether Spark still wants the task of the present thread. On executors. */
public final class TaskLife {
  /**
   * Milliseconds that a task's thread waits for the cluster at most before it looks whether it is
   * still wanted: Spark does not interrupt the threads of killed tasks unless it is configured to.
   */
  public static final long LOOK_UP_MILLIS = 200;

  private TaskLife() {}

  /**
   * Ends a task that Spark has killed; does nothing outside a task.
   *
   * @throws UncheckedIOException when the task was killed
   */
  public static void failIfKilled() {
    TaskContext task = TaskContext.get();
    if (task != null && task.isInterrupted()) {
      throw killed();
    }
  }

  /**
   * Lets the task's thread wait.
   *
   * @throws UncheckedIOException when the task is killed meanwhile
   */
  static void pause(long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    try {
      for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
        failIfKilled();
        TimeUnit.NANOSECONDS.sleep(Math.min(left, TimeUnit.MILLISECONDS.toNanos(LOOK_UP_MILLIS)));
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  /** What to throw after an {@link InterruptedException}; keeps the thread's interrupt status. */
  public static UncheckedIOException interrupted() {
    Thread.currentThread().interrupt();
    return killed();
  }

  private static UncheckedIOException killed() {
    return new UncheckedIOException(new InterruptedIOException("Spark has killed the task."));
  }
}
