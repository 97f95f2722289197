// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.change;

import io.ringside.spark.config.ConnectionConfig;
import io.ringside.spark.config.WriteConfig;
import io.ringside.spark.cql.ChangeQuery;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.write.send.SendPolicy;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * All that a task must know to delete, update and insert rows. Immutable; made on the driver, sent
 * to executors.
 *
 * @param send its times are those of updates and inserts. In Cassandra a deletion wins over a write
 *     of the same time, so that a row which is deleted under one key and written under another,
 *     where a third one was deleted, needs a later one than {@code deletionMicros}
 * @param deletionMicros the write time of deletions, or null when coordinators give it
 * @param id the columns of a row as it is stored, or of a key
 * @param idSchema their Spark types
 * @param input the Spark schema of new rows; without columns where rows are only deleted
 */
public record RowChangePlan(
    ConnectionConfig connection,
    SendPolicy send,
    @Nullable Long deletionMicros,
    List<ColumnSpec> id,
    StructType idSchema,
    StructType input)
    implements Serializable {

  /** The statements. Those of a table of counters take no time stamps. */
  ChangeQuery query() {
    return new ChangeQuery(table(), deletionMicros != null, write().ttlSeconds() != null);
  }

  public TableSpec table() {
    return send.table();
  }

  public WriteConfig write() {
    return send.write();
  }

  /**
   * The columns of new rows.
   *
   * @throws IllegalStateException when a field is not written itself
   */
  List<ColumnSpec> columns() {
    List<ColumnSpec> columns = new ArrayList<>();
    for (String name : input.fieldNames()) {
      ColumnSpec column = table().column(name);
      if (column == null) {
        throw new IllegalStateException("The data's column " + name + " is not one of the table.");
      }
      columns.add(column);
    }
    return columns;
  }

  /** The columns that are read or written. */
  public List<ColumnSpec> changed() {
    List<ColumnSpec> all = new ArrayList<>(id);
    all.addAll(columns());
    return all;
  }

  boolean hasStaticColumns() {
    return table().columns().stream().anyMatch(column -> column.kind() == ColumnKind.STATIC);
  }
}
