// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.predicate;

import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.types.DecimalTypes;
import io.ringside.spark.types.TypeMapping;
import java.util.Objects;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.connector.expressions.NullOrdering;
import org.apache.spark.sql.connector.expressions.SortDirection;
import org.apache.spark.sql.connector.expressions.SortOrder;
import org.apache.spark.sql.connector.expressions.aggregate.AggregateFunc;
import org.apache.spark.sql.connector.expressions.aggregate.Aggregation;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Expressions as Spark hands them to a scan of a table. */
final class SparkExpressions {
  private final TableSpec table;

  SparkExpressions(TableSpec table) {
    this.table = table;
  }

  private record Value(@Nullable Object value, DataType dataType) implements Literal<Object> {
    @Override
    @SuppressWarnings("NullAway") // A null literal has a null value.
    public Object value() {
      return value;
    }

    @Override
    public Expression[] children() {
      return new Expression[0];
    }

    @Override
    public String toString() {
      return String.valueOf(value);
    }
  }

  /** A literal of the column's Spark type. */
  Expression literal(String column, @Nullable Object value) {
    ColumnSpec spec = Objects.requireNonNull(table.column(column));
    return new Value(
        value instanceof String text ? UTF8String.fromString(text) : value,
        TypeMapping.sparkType(spec, DecimalTypes.defaults()));
  }

  /** A column compared with literals. */
  Predicate compare(String column, String operator, @Nullable Object... values) {
    Expression[] children = new Expression[values.length + 1];
    children[0] = Expressions.column(column);
    for (int i = 0; i < values.length; i++) {
      children[i + 1] = literal(column, values[i]);
    }
    return new Predicate(operator, children);
  }

  /** An aggregate of functions by columns. */
  static Aggregation aggregate(AggregateFunc[] functions, String... groupBy) {
    Expression[] groups = new Expression[groupBy.length];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = Expressions.column(groupBy[i]);
    }
    return new Aggregation(functions, groups);
  }

  /** Ascending with nulls first, as Spark has it by default. */
  static SortOrder ascending(String column) {
    return Expressions.sort(
        Expressions.column(column), SortDirection.ASCENDING, NullOrdering.NULLS_FIRST);
  }

  /** Descending with nulls last, as Spark has it by default. */
  static SortOrder descending(String column) {
    return Expressions.sort(
        Expressions.column(column), SortDirection.DESCENDING, NullOrdering.NULLS_LAST);
  }
}
