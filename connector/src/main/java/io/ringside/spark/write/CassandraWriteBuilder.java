// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import com.datastax.oss.driver.api.core.type.DataTypes;
import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.config.WriteConfig;
import io.ringside.spark.config.WriteOperation;
import io.ringside.spark.cql.InsertQuery;
import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableKind;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.types.CellEncoders;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.connector.write.LogicalWriteInfo;
import org.apache.spark.sql.connector.write.Write;
import org.apache.spark.sql.connector.write.WriteBuilder;
import org.apache.spark.sql.internal.connector.SupportsStreamingUpdateAsAppend;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/**
 * Checks that rows fit a table and builds the write, of a batch or of an epoch of a stream. A row
 * that a stream updates is written like a new one. Driver only; one per query, or epoch.
 */
public final class CassandraWriteBuilder implements WriteBuilder, SupportsStreamingUpdateAsAppend {
  private final TableSpec table;
  private final ConnectorConfig config;
  private final LogicalWriteInfo info;

  /** A write of rows of the schema in {@code info}. */
  public CassandraWriteBuilder(TableSpec table, ConnectorConfig config, LogicalWriteInfo info) {
    this.table = table;
    this.config = config;
    this.info = info;
  }

  /**
   * The write, checked.
   *
   * @throws ConnectorException when the table cannot be written, a key column is missing or a
   *     column does not fit: before any task runs
   */
  @Override
  public Write build() {
    return config.write().operation() == WriteOperation.DELETE
        ? KeyDeleteWrite.of(table, config, info.schema())
        : upsert();
  }

  private Write upsert() {
    if (table.kind() != TableKind.TABLE) {
      throw cannotWrite(
          ErrorCode.UNSUPPORTED_TABLE,
          "it is a " + table.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
          "Write to a table");
    }
    List<ColumnSpec> columns = new ArrayList<>();
    for (StructField field : info.schema().fields()) {
      ColumnSpec column = table.column(field.name());
      if (column == null) {
        throw cannotWrite(
            ErrorCode.INVALID_SCHEMA,
            "it has no column '" + field.name() + "'",
            "Its columns are " + names(table.columns()) + "; drop or rename the others");
      }
      if (column.type().equals(DataTypes.COUNTER)) {
        throw cannotWrite(
            ErrorCode.UNSUPPORTED_TABLE,
            "column '" + column.name() + "' is a counter",
            "Counters can be read only");
      }
      CellEncoders.of(column, field.dataType());
      columns.add(column);
    }
    checkKey(columns);
    List<String> names = columns.stream().map(ColumnSpec::name).toList();
    WriteConfig write = config.write();
    String cql =
        write.ttlSeconds() == null
            ? InsertQuery.of(table, names)
            : InsertQuery.withTtl(table, names);
    return new CassandraWrite(
        new WritePlan(
            table, columns, info.schema(), cql, timestamp(write), config.connection(), write));
  }

  private void checkKey(List<ColumnSpec> columns) {
    List<ColumnSpec> missing = new ArrayList<>();
    for (ColumnSpec column : table.columns()) {
      if (column.kind().isPrimaryKey() && !columns.contains(column)) {
        missing.add(column);
      }
    }
    if (!missing.isEmpty()) {
      throw cannotWrite(
          ErrorCode.INVALID_SCHEMA,
          "column '%s' is part of the primary key but missing from the data"
              .formatted(String.join("', '", missing.stream().map(ColumnSpec::name).toList())),
          "Add it to the DataFrame");
    }
  }

  private static @Nullable Long timestamp(WriteConfig write) {
    return switch (write.timestamp().source()) {
      case JOB -> ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
      case SERVER -> null;
      case FIXED -> write.timestamp().micros();
    };
  }

  private static List<String> names(List<ColumnSpec> columns) {
    return columns.stream().map(ColumnSpec::name).toList();
  }

  private ConnectorException cannotWrite(ErrorCode code, String reason, String advice) {
    return new ConnectorException(
        code, "Cannot write to %s: %s. %s.".formatted(table.displayName(), reason, advice));
  }
}
