// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.change;

import io.ringside.spark.config.ConnectionConfig;
import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.cql.DeleteQuery;
import io.ringside.spark.cql.Using;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.write.rows.MutationBuilder;
import io.ringside.spark.write.rows.WriteErrors;
import io.ringside.spark.write.rows.WriteOptions;
import io.ringside.spark.write.send.RequestKind;
import io.ringside.spark.write.send.SendPolicy;
import io.ringside.spark.write.send.WriteTimes;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How deletions are sent, which no type of a column can be in the way of, and at which write time.
 * Immutable; made on the driver, sent to executors.
 *
 * @param micros the write time of all deletions, or null when coordinators give it
 */
public record Deletions(ConnectionConfig connection, SendPolicy send, @Nullable Long micros)
    implements Serializable {

  /**
   * Deletions by a job that starts now.
   *
   * @throws io.ringside.spark.error.InvalidInputException when the table cannot be written, or an
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

  /** The table that rows are deleted from. */
  public TableSpec table() {
    return send.table();
  }

  /** The {@code USING} clause of each statement. */
  public Using using() {
    return new Using(micros != null, false);
  }

  /** The statement that deletes all rows of a key. */
  String cql(List<ColumnSpec> key) {
    return DeleteQuery.ofRows(table(), using(), key.stream().map(ColumnSpec::name).toList());
  }

  /** Binds the first marker of a statement with {@link #using}, if it has one for the time. */
  public void bindTime(MutationBuilder mutation) {
    if (micros != null) {
      mutation.timestamp(micros);
    }
  }
}
