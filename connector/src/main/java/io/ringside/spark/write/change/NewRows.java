// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.change;

import io.ringside.spark.config.WriteConfig;
import io.ringside.spark.cql.Using;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.write.send.SendPolicy;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.StructType;

/**
 * The rows that an {@code UPDATE} or {@code MERGE} writes. Sent to executors.
 *
 * @param send how they are sent. In Cassandra a deletion wins over a write of the same time, so
 *     that a row which is deleted under one key and written under another, where a third one was
 *     deleted, needs a later one than deletions have
 * @param input their Spark schema
 */
public record NewRows(SendPolicy send, StructType input) implements Serializable {
  TableSpec table() {
    return send.table();
  }

  WriteConfig write() {
    return send.write();
  }

  /** The {@code USING} clause of updates and inserts. */
  Using using() {
    return new Using(send.times().startMicros() != null, write().rows().ttlSeconds() != null);
  }

  /**
   * The columns.
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

  boolean hasStaticColumns() {
    return table().columns().stream().anyMatch(column -> column.kind() == ColumnKind.STATIC);
  }
}
