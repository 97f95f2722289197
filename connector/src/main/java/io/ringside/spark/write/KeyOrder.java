// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import java.util.List;
import org.apache.spark.sql.connector.distributions.Distribution;
import org.apache.spark.sql.connector.distributions.Distributions;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.SortDirection;
import org.apache.spark.sql.connector.expressions.SortOrder;
import org.apache.spark.sql.types.StructType;

/** How Spark brings rows together before they are written. Driver only. */
final class KeyOrder {
  private KeyOrder() {}

  /** Rows of a partition in one task. */
  static Distribution clustered(TableSpec table) {
    return Distributions.clustered(
        table.partitionKey().stream()
            .map(column -> Expressions.column(column.sparkReference()))
            .toArray(Expression[]::new));
  }

  /** Rows of a task by their primary key, in the table's own order, as far as the data has it. */
  static SortOrder[] of(TableSpec table, StructType input) {
    return table.columns().stream()
        .filter(column -> column.kind().isPrimaryKey())
        .filter(column -> List.of(input.fieldNames()).contains(column.name()))
        .map(KeyOrder::sorted)
        .toArray(SortOrder[]::new);
  }

  private static SortOrder sorted(ColumnSpec column) {
    return Expressions.sort(
        Expressions.column(column.sparkReference()),
        column.descending() ? SortDirection.DESCENDING : SortDirection.ASCENDING);
  }
}
