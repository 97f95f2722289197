// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import io.ringside.spark.config.ConnectionConfig;
import io.ringside.spark.config.WriteConfig;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
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
