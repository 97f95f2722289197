// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.config.WriteTimestamp;
import io.ringside.spark.error.ConnectorExceptions;
import io.ringside.spark.error.ConnectorThrowable;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.write.change.DeletionPlan;
import io.ringside.spark.write.change.Deletions;
import io.ringside.spark.write.change.NewRows;
import io.ringside.spark.write.change.RowChangePlan;
import io.ringside.spark.write.change.StoredRows;
import io.ringside.spark.write.rows.WriteJob;
import io.ringside.spark.write.rows.WriteOptions;
import io.ringside.spark.write.rows.WriteOptions.Operation;
import io.ringside.spark.write.send.SendPolicy;
import io.ringside.spark.write.send.WriteTimes;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.connector.write.DeltaWrite;
import org.apache.spark.sql.connector.write.DeltaWriteBuilder;
import org.apache.spark.sql.connector.write.LogicalWriteInfo;
import org.apache.spark.sql.connector.write.RowLevelOperation;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Checks that a {@code DELETE}, {@code UPDATE} or {@code MERGE} can change a table row by row and
 * builds the write. Driver only; one per statement.
 */
public final class RowChangeBuilder implements DeltaWriteBuilder {
  private final TableSpec table;
  private final ConnectorConfig config;
  private final RowLevelOperation.Command command;
  private final LogicalWriteInfo info;

  /**
   * A write of the changes that {@code info} describes.
   *
   * @param info the first column of its row identity is the row as it is stored
   */
  public RowChangeBuilder(
      TableSpec table,
      ConnectorConfig config,
      RowLevelOperation.Command command,
      LogicalWriteInfo info) {
    this.table = table;
    this.config = config;
    this.command = command;
    this.info = info;
  }

  /**
   * The write, checked.
   *
   * @throws RuntimeException a {@link ConnectorThrowable} when the table cannot be written or a
   *     column does not fit: before any task runs
   */
  @Override
  public DeltaWrite build() {
    StructType identity =
        info.rowIdSchema()
            .orElseThrow(
                () -> new IllegalStateException("Spark gives no identity of rows to " + command));
    StructType idSchema = (StructType) identity.fields()[0].dataType();
    List<ColumnSpec> id = new ArrayList<>();
    for (StructField field : idSchema.fields()) {
      ColumnSpec column = table.column(field.name());
      if (column == null) {
        throw new IllegalStateException("Spark gives an unknown column: " + field.name());
      }
      id.add(column);
    }
    return new RowChangeWrite(
        isDelete()
            ? new DeletionPlan(Deletions.now(table, config), new StoredRows(id, idSchema))
            : plan(new StoredRows(id, idSchema)),
        command);
  }

  private boolean isDelete() {
    return command == RowLevelOperation.Command.DELETE;
  }

  private RowChangePlan plan(StoredRows stored) {
    boolean updates = command == RowLevelOperation.Command.UPDATE;
    WriteOptions.check(updates ? Operation.UPDATE : Operation.MERGE, table, config.write());
    if (config.write().rows().timestamp().source() == WriteTimestamp.Source.SERVER) {
      throw cannotChange(
          ErrorCode.INVALID_OPTION,
          "write.timestamp is 'server', but a row that gets another key must be deleted before it"
              + " is written. Set write.timestamp to 'job' for this table or session");
    }
    WriteJob rows = WritePlanner.plan(table, config, newRows()).job();
    Long deletion = rows.startMicros();
    if (deletion == null) {
      throw cannotChange(
          ErrorCode.UNSUPPORTED_OPERATION,
          "rows are only set, and counters are added to. Write counters by INSERT");
    }
    WriteTimes times = new WriteTimes(deletion + 1, rows.send().times().order());
    SendPolicy send = new SendPolicy(table, rows.send().kind(), times, config.write());
    return new RowChangePlan(
        new Deletions(config.connection(), send, deletion),
        stored,
        new NewRows(send, rows.input()));
  }

  private RuntimeException cannotChange(ErrorCode code, String reason) {
    return ConnectorExceptions.of(
        code,
        "Cannot %s %s: %s."
            .formatted(
                command == RowLevelOperation.Command.UPDATE ? "update" : "merge into",
                table.displayName(),
                reason));
  }

  /**
   * The columns of new rows. When a condition names a hidden column, Spark takes all of those that
   * the statement uses for columns of the table and hands them on, unchanged, behind these.
   */
  private StructType newRows() {
    StructType rows = new StructType();
    StructField[] fields = info.schema().fields();
    for (int i = 0; i < fields.length; i++) {
      if (table.column(fields[i].name()) == null) {
        continue;
      }
      if (rows.length() < i) {
        throw new IllegalStateException(
            "Spark gives a hidden column before others: " + info.schema().catalogString());
      }
      rows = rows.add(fields[i]);
    }
    return rows;
  }
}
