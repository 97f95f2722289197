// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import io.ringside.spark.flow.FailureKind;
import io.ringside.spark.metric.ReadTaskMetrics;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes less work of a request that was too much: a smaller page, parts of the target, or the rows
 * themselves instead of what the server should have made of them. One per task, used by the task's
 * thread.
 */
final class LessWork {
  /** Below this a page is not cut further before its range is. */
  private static final int FEW_ROWS = 32;

  /**
   * Parts of a range that a server did not evaluate in time. A part that is still too much is read
   * by its rows, so that a range waits for two time-outs, not for one of each halving.
   */
  private static final int PARTS_TO_EVALUATE = 8;

  private static final Logger LOG = LoggerFactory.getLogger(LessWork.class);

  private final String table;
  private final boolean cutAtOnce;
  private final PageSizer sizer;
  private final ReadTaskMetrics metrics;
  private final @Nullable FallBack fallBack;

  LessWork(
      String table,
      boolean cutAtOnce,
      PageSizer sizer,
      ReadTaskMetrics metrics,
      @Nullable FallBack fallBack) {
    this.table = table;
    this.cutAtOnce = cutAtOnce;
    this.sizer = sizer;
    this.metrics = metrics;
    this.fallBack = fallBack;
  }

  /**
   * What to read instead.
   *
   * @param rowsAsked in the request that was too much
   * @return the same cursor when it asks for less from now on, or cursors of the target's parts, or
   *     none when nothing is less
   */
  List<TargetCursor> of(TargetCursor cursor, FailureKind kind, int rowsAsked) {
    boolean takesTime = cutAtOnce && kind != FailureKind.TOO_MUCH && cursor.work() == null;
    if (cursor.nothingRead() && (takesTime || rowsAsked <= FEW_ROWS)) {
      boolean evaluated = takesTime && fallBack != null;
      if (evaluated && cursor.isPart() && fallsBack(cursor, kind)) {
        return List.of(cursor);
      }
      List<TargetCursor> parts = cursor.parts(evaluated ? PARTS_TO_EVALUATE : 2);
      if (parts.size() > 1) {
        metrics.rangeSplit();
        return parts;
      }
      if ((takesTime || rowsAsked == 1) && fallsBack(cursor, kind)) {
        return List.of(cursor);
      }
    }
    metrics.pageReduced();
    sizer.startWithAtMost(cursor.rows().tooMuch(rowsAsked));
    boolean hopeless = kind == FailureKind.TOO_MUCH && cursor.rows().isOneRowTooMuch();
    return hopeless ? List.of() : List.of(cursor);
  }

  /**
   * Reads the target's rows from now on, for the task to evaluate, where that is possible and helps
   * against such a failure.
   */
  boolean fallsBack(TargetCursor cursor, FailureKind kind) {
    boolean helps =
        switch (kind) {
          case TIMEOUT, TOO_MUCH, SERVER_ERROR -> true;
          case OVERLOADED, UNREACHABLE, FATAL -> false;
        };
    if (fallBack == null || !helps || cursor.work() != null || !cursor.nothingRead()) {
      return false;
    }
    LOG.warn(
        "Cassandra did not evaluate {}, {}, in time or within its limits: this task reads its rows"
            + " and evaluates them.",
        table,
        cursor.target());
    metrics.fellBack();
    cursor.evaluate(fallBack.start());
    return true;
  }
}
