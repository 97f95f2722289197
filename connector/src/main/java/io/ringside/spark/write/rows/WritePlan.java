// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.rows;

import io.ringside.spark.config.ConnectionConfig;
import io.ringside.spark.config.WriteConfig;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.write.send.Repetition;
import io.ringside.spark.write.send.SendPolicy;
import io.ringside.spark.write.timed.TimedCells;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * All that a task must know to write rows. Immutable; made on the driver, sent to executors.
 *
 * @param repetition whether the job's rows may be written once more
 * @param input the Spark schema of the rows to write
 * @param row the statement that writes one row
 * @param staticRow the statement for a row without clustering columns, which only sets the static
 *     columns of its partition; null when there is no such row
 * @param timed how rows are written whose cells bring their own times, instead of by {@code row};
 *     null when they do not
 */
public record WritePlan(
    ConnectionConfig connection,
    SendPolicy send,
    Repetition repetition,
    StructType input,
    RowStatement row,
    @Nullable RowStatement staticRow,
    @Nullable TimedCells timed)
    implements Serializable {

  public TableSpec table() {
    return send.table();
  }

  public WriteConfig write() {
    return send.write();
  }

  /** The columns of the table that the data has. */
  public List<ColumnSpec> columns() {
    List<String> names = List.of(input.fieldNames());
    return table().columns().stream().filter(column -> names.contains(column.name())).toList();
  }

  /** The job's write time in microseconds since the epoch, or null when coordinators give it. */
  public @Nullable Long startMicros() {
    return send.times().startMicros();
  }
}
