// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import com.datastax.oss.driver.api.core.type.DataTypes;
import io.ringside.spark.cql.ChangeQuery;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * All that a task must know to delete, update and insert rows. Immutable; made on the driver, sent
 * to executors.
 *
 * @param rows the new rows; without columns where rows are only deleted. Its time stamp is that of
 *     deletions
 * @param id the columns of a row as it is stored, or of a key
 * @param idSchema their Spark types
 */
record RowChangePlan(WritePlan rows, List<ColumnSpec> id, StructType idSchema)
    implements Serializable {

  /**
   * The write time of updates and inserts, in microseconds, or null when coordinators give it. In
   * Cassandra a deletion wins over a write of the same time, so that a row which is deleted under
   * one key and written under another, where a third one was deleted, needs a later one.
   */
  @Nullable Long upsertMicros() {
    Long attempt = rows.attemptMicros();
    return attempt == null ? null : attempt + 1;
  }

  /** The statements. Those of a table of counters take no time stamps. */
  ChangeQuery query() {
    return new ChangeQuery(
        table(), rows.timestampMicros() != null, rows.write().ttlSeconds() != null);
  }

  TableSpec table() {
    return rows.table();
  }

  boolean hasStaticColumns() {
    return table().columns().stream().anyMatch(column -> column.kind() == ColumnKind.STATIC);
  }

  /** Whether a table's columns are counters, whose write times are the server's. */
  static boolean hasCounters(TableSpec table) {
    return table.columns().stream().anyMatch(c -> c.type().equals(DataTypes.COUNTER));
  }
}
