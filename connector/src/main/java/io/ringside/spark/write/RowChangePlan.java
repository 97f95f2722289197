// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import io.ringside.spark.config.ConnectionConfig;
import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.config.WriteConfig;
import io.ringside.spark.cql.ChangeQuery;
import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableKind;
import io.ringside.spark.schema.TableSpec;
import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * All that a task must know to delete, update and insert rows. Immutable; made on the driver, sent
 * to executors.
 *
 * @param id the columns of a row as it is stored, or of a key
 * @param idSchema their Spark types
 * @param columns those of the new rows; none where rows are only deleted
 * @param schema their Spark types
 * @param deletionMicros the write time of deletions, microseconds since the epoch, or null when
 *     coordinators give it
 */
record RowChangePlan(
    TableSpec table,
    List<ColumnSpec> id,
    StructType idSchema,
    List<ColumnSpec> columns,
    StructType schema,
    @Nullable Long deletionMicros,
    ConnectionConfig connection,
    WriteConfig write)
    implements Serializable {

  /**
   * A plan of deletions alone.
   *
   * @throws ConnectorException UNSUPPORTED_TABLE for what is no table
   */
  static RowChangePlan deleting(
      TableSpec table, ConnectorConfig config, List<ColumnSpec> id, StructType idSchema) {
    return of(table, config, id, idSchema, List.of(), new StructType());
  }

  /**
   * A plan whose write times are taken now, as the options say.
   *
   * @throws ConnectorException UNSUPPORTED_TABLE for what is no table
   */
  static RowChangePlan of(
      TableSpec table,
      ConnectorConfig config,
      List<ColumnSpec> id,
      StructType idSchema,
      List<ColumnSpec> columns,
      StructType schema) {
    if (table.kind() != TableKind.TABLE) {
      throw new ConnectorException(
          ErrorCode.UNSUPPORTED_TABLE,
          "Cannot write to %s: it is a %s. Write to a table."
              .formatted(
                  table.displayName(),
                  table.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ')));
    }
    // The server refuses the write times of others for whatever concerns counters.
    boolean counters =
        table.columns().stream()
            .anyMatch(
                column ->
                    column.type().equals(com.datastax.oss.driver.api.core.type.DataTypes.COUNTER));
    return new RowChangePlan(
        table,
        id,
        idSchema,
        columns,
        schema,
        counters ? null : micros(config.write()),
        config.connection(),
        config.write());
  }

  private static @Nullable Long micros(WriteConfig write) {
    return switch (write.timestamp().source()) {
      case JOB -> ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
      case SERVER -> null;
      case FIXED -> write.timestamp().micros();
    };
  }

  /**
   * The write time of updates and inserts, in microseconds, or null when coordinators give it. In
   * Cassandra a deletion wins over a write of the same time, so that a key under which one row is
   * deleted and another one written needs a later one.
   */
  @Nullable Long upsertMicros() {
    Long deleted = deletionMicros;
    return deleted == null ? null : deleted + 1;
  }

  /** The statements. */
  ChangeQuery query() {
    return new ChangeQuery(table, deletionMicros != null, write.ttlSeconds() != null);
  }

  boolean hasStaticColumns() {
    return table.columns().stream().anyMatch(column -> column.kind() == ColumnKind.STATIC);
  }

  /** What the requests need to know. */
  WritePlan requests() {
    return new WritePlan(
        table,
        schema,
        WriteKind.UPSERT,
        new RowStatement("", List.of()),
        null,
        deletionMicros,
        connection,
        write);
  }

  /** The same with another write time of deletions. */
  RowChangePlan at(long micros) {
    return new RowChangePlan(table, id, idSchema, columns, schema, micros, connection, write);
  }
}
