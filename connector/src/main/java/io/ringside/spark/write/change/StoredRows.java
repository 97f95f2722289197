// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.change;

import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructType;

/**
 * Rows as they were read, or the keys of rows. Sent to executors.
 *
 * @param columns those of the partition key at least
 * @param types the Spark types of the columns
 */
public record StoredRows(List<ColumnSpec> columns, StructType types) implements Serializable {
  /** Copies the list. */
  public StoredRows {
    columns = List.copyOf(columns);
  }

  /** The columns of the partition key. */
  List<ColumnSpec> partition() {
    return ofKind(ColumnKind.PARTITION_KEY).toList();
  }

  /** The columns of the primary key that are here: the partition key, then clustering columns. */
  List<ColumnSpec> key() {
    return Stream.concat(ofKind(ColumnKind.PARTITION_KEY), ofKind(ColumnKind.CLUSTERING)).toList();
  }

  private Stream<ColumnSpec> ofKind(ColumnKind kind) {
    return columns.stream().filter(column -> column.kind() == kind);
  }
}
