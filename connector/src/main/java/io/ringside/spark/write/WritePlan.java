// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import io.ringside.spark.config.ConnectionConfig;
import io.ringside.spark.config.WriteConfig;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * All that a task must know to write rows. Immutable; made on the driver, sent to executors.
 *
 * @param input the Spark schema of the rows to write
 * @param row the statement that writes one row
 * @param staticRow the statement for a row without clustering columns, which only sets the static
 *     columns of its partition; null when there is no such row
 * @param timed how rows are written whose cells bring their own times, instead of by {@code row};
 *     null when they do not
 * @param timestampMicros the write time of all cells of the job, microseconds since the epoch, or
 *     null when each coordinator gives its own
 */
record WritePlan(
    TableSpec table,
    StructType input,
    WriteKind kind,
    RowStatement row,
    @Nullable RowStatement staticRow,
    @Nullable TimedCells timed,
    @Nullable Long timestampMicros,
    ConnectionConfig connection,
    WriteConfig write)
    implements Serializable {

  /** Between the write times of two attempts at a task: more than a request is sent in one. */
  private static final long ATTEMPT_MICROS = 1000;

  /** More than Spark starts at a task of one stage. */
  private static final long ATTEMPTS_OF_STAGE = 100;

  /**
   * The write time of this attempt at a task: the job's, or where lists are set a later one for
   * each further attempt. In the task's thread.
   */
  @Nullable Long attemptMicros() {
    TaskContext task = TaskContext.get();
    if (timestampMicros == null || kind != WriteKind.LISTS || task == null) {
      return timestampMicros;
    }
    long attempt = task.stageAttemptNumber() * ATTEMPTS_OF_STAGE + task.attemptNumber();
    return timestampMicros + attempt * ATTEMPT_MICROS;
  }

  /**
   * The columns of the input's fields.
   *
   * @throws IllegalStateException when a field is not written itself
   */
  List<ColumnSpec> columns() {
    List<ColumnSpec> columns = new ArrayList<>();
    for (String name : input.fieldNames()) {
      ColumnSpec column = table.column(name);
      if (column == null) {
        throw new IllegalStateException("The data's column " + name + " is not one of the table.");
      }
      columns.add(column);
    }
    return columns;
  }
}
