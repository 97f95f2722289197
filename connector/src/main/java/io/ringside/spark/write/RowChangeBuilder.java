// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import com.datastax.oss.driver.api.core.type.DataTypes;
import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.config.WriteTimestamp;
import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.types.CellEncoders;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.connector.write.DeltaWrite;
import org.apache.spark.sql.connector.write.DeltaWriteBuilder;
import org.apache.spark.sql.connector.write.LogicalWriteInfo;
import org.apache.spark.sql.connector.write.RowLevelOperation.Command;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Checks that a {@code DELETE}, {@code UPDATE} or {@code MERGE} can change a table row by row and
 * builds the write. Driver only; one per statement.
 */
public final class RowChangeBuilder implements DeltaWriteBuilder {
  private final TableSpec table;
  private final ConnectorConfig config;
  private final Command command;
  private final LogicalWriteInfo info;

  /**
   * A write of the changes that {@code info} describes.
   *
   * @param info the last column of its row identity is the row as it is stored, as a struct
   */
  public RowChangeBuilder(
      TableSpec table, ConnectorConfig config, Command command, LogicalWriteInfo info) {
    this.table = table;
    this.config = config;
    this.command = command;
    this.info = info;
  }

  /**
   * The write, checked.
   *
   * @throws ConnectorException when the table cannot be written or a column does not fit: before
   *     any task runs
   */
  @Override
  public DeltaWrite build() {
    StructType identity =
        info.rowIdSchema()
            .orElseThrow(
                () -> new IllegalStateException("Spark gives no identity of rows to " + command));
    int position = identity.fields().length - 1;
    StructType idSchema = (StructType) identity.fields()[position].dataType();
    StructType schema = command == Command.DELETE ? new StructType() : info.schema();
    if (command != Command.DELETE) {
      checkUpserts(schema);
    }
    RowChangePlan plan =
        RowChangePlan.of(table, config, columns(idSchema), idSchema, columns(schema), schema);
    return new RowChangeWrite(plan, position, command);
  }

  private void checkUpserts(StructType schema) {
    if (config.write().timestamp().source() == WriteTimestamp.Source.SERVER) {
      throw cannot(
          ErrorCode.INVALID_OPTION,
          "write.timestamp is 'server', but a row that gets another key must be deleted before it is written",
          "Set it to 'job'");
    }
    if (config.write().condition().isSet() || config.write().changesCollections()) {
      throw cannot(
          ErrorCode.INVALID_OPTION,
          "its rows are only set, neither conditionally nor added to",
          "Leave out the options 'write.if', 'write.if-not-exists' and 'write.collection'");
    }
    for (StructField field : schema.fields()) {
      ColumnSpec column = column(field);
      if (column.type().equals(DataTypes.COUNTER)) {
        throw cannot(
            ErrorCode.UNSUPPORTED_TABLE,
            "column '%s' is a counter, which can be added to but not set".formatted(column.name()),
            "Append the differences");
      }
      CellEncoders.of(column, field.dataType());
    }
  }

  private List<ColumnSpec> columns(StructType schema) {
    return Arrays.stream(schema.fields()).map(this::column).toList();
  }

  private ColumnSpec column(StructField field) {
    ColumnSpec column = table.column(field.name());
    if (column == null) {
      throw new IllegalStateException("Spark gives an unknown column: " + field.name());
    }
    return column;
  }

  private ConnectorException cannot(ErrorCode code, String reason, String advice) {
    return new ConnectorException(
        code,
        "Cannot %s %s: %s. %s."
            .formatted(
                command == Command.UPDATE ? "update" : "merge into",
                table.displayName(),
                reason,
                advice));
  }
}
