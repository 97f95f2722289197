// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.change;

import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.config.RowConfig;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.types.CqlKind;
import io.ringside.spark.types.encode.CellEncoders;
import io.ringside.spark.write.rows.DataColumns;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Decides how all rows of the keys in a DataFrame are deleted, one statement per key. Asks nobody.
 * Driver only.
 */
public final class KeyDeletePlanner {
  private final TableSpec table;
  private final RowConfig rows;

  private KeyDeletePlanner(TableSpec table, RowConfig rows) {
    this.table = table;
    this.rows = rows;
  }

  /**
   * The plan of a job that starts now.
   *
   * @param keys columns of the primary key: the partition key's, and clustering columns from the
   *     first on, in any order
   * @throws InvalidInputException when the columns are others, or a type does not fit
   */
  public static DeletionPlan plan(TableSpec table, ConnectorConfig config, StructType keys) {
    Deletions deletions = Deletions.now(table, config);
    DataColumns.checkNames(table, keys);
    List<ColumnSpec> columns = new KeyDeletePlanner(table, config.write().rows()).columns(keys);
    return new DeletionPlan(deletions, new StoredRows(columns, keys));
  }

  private List<ColumnSpec> columns(StructType keys) {
    List<ColumnSpec> columns = new ArrayList<>();
    for (StructField field : keys.fields()) {
      ColumnSpec column = table.column(field.name());
      if (column == null || !column.kind().isPrimaryKey()) {
        throw cannotDelete(
            "column '%s' is not part of its primary key".formatted(field.name()), "Drop it");
      }
      CellEncoders.of(column, field.dataType(), rows);
      columns.add(column);
    }
    checkPartitionKey(columns);
    checkClustering(columns);
    return columns;
  }

  private void checkPartitionKey(List<ColumnSpec> columns) {
    for (ColumnSpec column : table.partitionKey()) {
      if (!columns.contains(column)) {
        throw cannotDelete(
            "column '%s' of its partition key is missing".formatted(column.name()),
            "Add it to the DataFrame");
      }
      if (!CqlKind.of(column.type()).identifiesKeys()) {
        throw cannotDelete(
            "a value of column '%s', of its partition key, does not determine its bytes in Cassandra"
                .formatted(column.name()),
            "Use CQL");
      }
    }
  }

  private void checkClustering(List<ColumnSpec> columns) {
    boolean complete = true;
    for (ColumnSpec column : table.clusteringColumns()) {
      if (columns.contains(column) && !complete) {
        throw cannotDelete(
            "clustering column '%s' is given without those before it".formatted(column.name()),
            "Add these, or drop it to delete whole partitions");
      }
      complete &= columns.contains(column);
    }
  }

  private InvalidInputException cannotDelete(String reason, String advice) {
    return new InvalidInputException(
        ErrorCode.INVALID_SCHEMA,
        "Cannot delete from %s: %s. %s.".formatted(table.displayName(), reason, advice));
  }
}
