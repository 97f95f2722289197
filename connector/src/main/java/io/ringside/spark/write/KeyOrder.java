// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.connector.distributions.Distribution;
import org.apache.spark.sql.connector.distributions.Distributions;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.SortDirection;
import org.apache.spark.sql.connector.expressions.SortOrder;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
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

  /**
   * Rows of a task by their primary key, in the table's own order, as far as the data has it and up
   * to the first column that Spark cannot sort by: those with maps.
   */
  static SortOrder[] of(TableSpec table, StructType input) {
    List<String> names = List.of(input.fieldNames());
    return table.columns().stream()
        .filter(column -> column.kind().isPrimaryKey() && names.contains(column.name()))
        .takeWhile(column -> isSortable(input.fields()[names.indexOf(column.name())].dataType()))
        .map(KeyOrder::sorted)
        .toArray(SortOrder[]::new);
  }

  private static boolean isSortable(DataType type) {
    if (type instanceof ArrayType array) {
      return isSortable(array.elementType());
    } else if (type instanceof StructType struct) {
      return Arrays.stream(struct.fields()).allMatch(field -> isSortable(field.dataType()));
    }
    return !(type instanceof MapType);
  }

  private static SortOrder sorted(ColumnSpec column) {
    return Expressions.sort(
        Expressions.column(column.sparkReference()),
        column.descending() ? SortDirection.DESCENDING : SortDirection.ASCENDING);
  }
}
