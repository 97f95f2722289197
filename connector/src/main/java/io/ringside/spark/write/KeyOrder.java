// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.connector.distributions.Distribution;
import org.apache.spark.sql.connector.distributions.Distributions;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.SortDirection;
import org.apache.spark.sql.connector.expressions.SortOrder;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.CalendarIntervalType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

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

  /**
   * As above, then by all other columns that Spark can sort by: rows of one key come in the same
   * order however often their task runs.
   */
  static SortOrder[] complete(TableSpec table, StructType input) {
    SortOrder[] key = of(table, input);
    Stream<SortOrder> others =
        Arrays.stream(input.fields())
            .filter(field -> isSortable(field.dataType()))
            .filter(field -> !isOfPrimaryKey(table.column(field.name())))
            .map(field -> ascending(field.name()));
    return Stream.concat(Arrays.stream(key), others).toArray(SortOrder[]::new);
  }

  private static boolean isOfPrimaryKey(@Nullable ColumnSpec column) {
    return column != null && column.kind().isPrimaryKey();
  }

  private static SortOrder ascending(String field) {
    return Expressions.sort(
        Expressions.column('`' + field.replace("`", "``") + '`'), SortDirection.ASCENDING);
  }

  /** Whether Spark can bring the rows of a partition together. */
  static boolean canCluster(TableSpec table, StructType input) {
    return table.partitionKey().stream()
        .allMatch(column -> isSortable(input.apply(column.name()).dataType()));
  }

  private static boolean isSortable(DataType type) {
    if (type instanceof ArrayType array) {
      return isSortable(array.elementType());
    } else if (type instanceof StructType struct) {
      return Arrays.stream(struct.fields()).allMatch(field -> isSortable(field.dataType()));
    }
    return !(type instanceof MapType || type instanceof CalendarIntervalType);
  }

  private static SortOrder sorted(ColumnSpec column) {
    return Expressions.sort(
        Expressions.column(column.sparkReference()),
        column.descending() ? SortDirection.DESCENDING : SortDirection.ASCENDING);
  }
}
