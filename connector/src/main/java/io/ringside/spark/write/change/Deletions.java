// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.change;

import io.ringside.spark.config.ConnectionConfig;
import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.write.rows.WriteErrors;
import io.ringside.spark.write.rows.WriteOptions;
import io.ringside.spark.write.send.RequestKind;
import io.ringside.spark.write.send.SendPolicy;
import io.ringside.spark.write.send.WriteTimes;
import java.util.List;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * How rows are only deleted, which no type of a column can be in the way of. Driver only.
 *
 * @param micros the write time of all deletions, or null when coordinators give it
 */
public record Deletions(ConnectionConfig connection, SendPolicy send, @Nullable Long micros) {

  /**
   * Deletions by a job that starts now.
   *
   * @throws io.ringside.spark.error.ConnectorException when the table cannot be written, or an
   *     option is set that deletions cannot follow
   */
  public static Deletions now(TableSpec table, ConnectorConfig config) {
    WriteOptions.check(WriteOptions.Operation.DELETE, table, config.write());
    return at(
        table,
        config,
        table.hasCounters()
            ? null
            : WriteTimes.startMicros(config.write(), WriteTimes.nowMicros()));
  }

  /** Deletions at a write time, of which coordinators give their own when it is null. */
  public static Deletions at(TableSpec table, ConnectorConfig config, @Nullable Long micros) {
    WriteErrors.failIfNoTable(table);
    return new Deletions(
        config.connection(),
        new SendPolicy(table, RequestKind.UPSERTS, WriteTimes.ofCoordinators(), config.write()),
        micros);
  }

  /** The plan of deletions by the rows of a DataFrame. */
  public RowChangePlan plan(List<ColumnSpec> id, StructType idSchema) {
    return new RowChangePlan(connection, send, micros, id, idSchema, new StructType());
  }
}
