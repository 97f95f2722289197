// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.config.WriteTimestamp;
import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.connector.write.DeltaWrite;
import org.apache.spark.sql.connector.write.DeltaWriteBuilder;
import org.apache.spark.sql.connector.write.LogicalWriteInfo;
import org.apache.spark.sql.connector.write.RowLevelOperation;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

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
   * @throws ConnectorException when the table cannot be written or a column does not fit: before
   *     any task runs
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
    return new RowChangeWrite(new RowChangePlan(rows(), id, idSchema), command);
  }

  private WritePlan rows() {
    if (command == RowLevelOperation.Command.DELETE) {
      return deleting(table, config);
    }
    if (config.write().timestamp().source() == WriteTimestamp.Source.SERVER) {
      throw new ConnectorException(
          ErrorCode.INVALID_OPTION,
          "Cannot %s %s: write.timestamp is 'server', but a row that gets another key must be deleted before it is written. Set write.timestamp to 'job' for this table or session."
              .formatted(
                  command == RowLevelOperation.Command.UPDATE ? "update" : "merge into",
                  table.displayName()));
    }
    WritePlan plan = WritePlanner.plan(table, config, newRows());
    if (!plan.kind().isRepeatable() || plan.write().changesCollections()) {
      throw new ConnectorException(
          ErrorCode.UNSUPPORTED_OPERATION,
          "Cannot %s %s: rows are only set, neither added to nor written conditionally. Leave out the options 'write.if', 'write.if-not-exists' and 'write.collection', or write counters by INSERT."
              .formatted(
                  command == RowLevelOperation.Command.UPDATE ? "update" : "merge into",
                  table.displayName()));
    }
    return plan;
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

  /** A plan of deletions alone, which no type of a column can be in the way of. */
  static WritePlan deleting(TableSpec table, ConnectorConfig config) {
    return deleting(
        table,
        config,
        RowChangePlan.hasCounters(table)
            ? null
            : WritePlanner.timestamp(config.write(), WritePlanner.nowMicros()));
  }

  /**
   * As {@link #deleting(TableSpec, ConnectorConfig)}.
   *
   * @param micros the deletions' write time, or null when coordinators give it
   */
  static WritePlan deleting(TableSpec table, ConnectorConfig config, @Nullable Long micros) {
    WritePlanner.checkKind(table);
    return new WritePlan(
        table,
        new StructType(),
        WriteKind.UPSERT,
        new RowStatement("", List.of()),
        null,
        null,
        micros,
        config.connection(),
        config.write());
  }
}
