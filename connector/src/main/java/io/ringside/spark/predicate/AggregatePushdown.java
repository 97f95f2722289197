// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.predicate;

import com.datastax.oss.driver.api.core.type.DataTypes;
import io.ringside.spark.cql.Selection;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.aggregate.AggregateFunc;
import org.apache.spark.sql.connector.expressions.aggregate.Aggregation;
import org.apache.spark.sql.connector.expressions.aggregate.Count;
import org.apache.spark.sql.connector.expressions.aggregate.CountStar;
import org.apache.spark.sql.connector.expressions.aggregate.Max;
import org.apache.spark.sql.connector.expressions.aggregate.Min;
import org.apache.spark.sql.connector.expressions.aggregate.Sum;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate that Cassandra computes: counts, smallest and largest values and sums that cannot
 * overflow, of a whole token range or by partition key with a leading part of the clustering
 * columns. Driver only.
 *
 * @param selections group columns, then aggregates
 * @param columns what each selection answers
 * @param schema their Spark types
 * @param groupBy names of the group columns
 */
public record AggregatePushdown(
    List<Selection> selections, List<ColumnSpec> columns, StructType schema, List<String> groupBy) {
  /** Types of 32 bits or less: four thousand million of them fit into the sum's 64 bits. */
  private static final Set<com.datastax.oss.driver.api.core.type.DataType> SUMMED =
      Set.of(DataTypes.TINYINT, DataTypes.SMALLINT, DataTypes.INT);

  /** The aggregate in CQL, or null when Cassandra cannot compute all of it as Spark would. */
  public static @Nullable AggregatePushdown of(
      TableSpec table, StructType tableSchema, Aggregation aggregation) {
    List<String> groupBy = groupBy(table, aggregation);
    if (groupBy == null) {
      return null;
    }
    List<Selection> selections = new ArrayList<>();
    List<ColumnSpec> columns = new ArrayList<>();
    StructType schema = new StructType();
    for (String name : groupBy) {
      ColumnSpec column = table.column(name);
      if (column == null) {
        return null;
      }
      selections.add(Selection.of(name));
      columns.add(column);
      schema = schema.add(tableSchema.fields()[tableSchema.fieldIndex(name)]);
    }
    for (AggregateFunc function : aggregation.aggregateExpressions()) {
      Selection selection = selection(table, function);
      if (selection == null) {
        return null;
      }
      selections.add(selection);
      String name = function.describe();
      ColumnSpec of = selection.column() == null ? null : table.column(selection.column());
      boolean extreme =
          selection.kind() == Selection.Kind.MIN || selection.kind() == Selection.Kind.MAX;
      if (!extreme || of == null) {
        columns.add(ColumnSpec.of(name, DataTypes.BIGINT, ColumnKind.REGULAR));
        // A sum of nulls alone is null, a count never is.
        schema =
            schema.add(
                name,
                org.apache.spark.sql.types.DataTypes.LongType,
                selection.kind() == Selection.Kind.SUM);
      } else {
        columns.add(ColumnSpec.of(of.name(), of.type(), ColumnKind.REGULAR));
        schema = schema.add(name, typeOf(tableSchema, of.name()));
      }
    }
    return new AggregatePushdown(selections, columns, schema, groupBy);
  }

  /** Whether each group lies in one token range, so that there is nothing left to add up. */
  public static boolean isComplete(TableSpec table, Aggregation aggregation) {
    List<String> groupBy = groupBy(table, aggregation);
    return groupBy != null && !groupBy.isEmpty();
  }

  /** Whether all that is asked for are counts of the whole table. */
  public static boolean isCount(Aggregation aggregation) {
    return aggregation.groupByExpressions().length == 0
        && Arrays.stream(aggregation.aggregateExpressions())
            .allMatch(
                function ->
                    function instanceof CountStar
                        || (function instanceof Count count && !count.isDistinct()));
  }

  private static DataType typeOf(StructType schema, String column) {
    return schema.fields()[schema.fieldIndex(column)].dataType();
  }

  /** The group columns in key order, none, or null when CQL cannot group by them. */
  private static @Nullable List<String> groupBy(TableSpec table, Aggregation aggregation) {
    List<String> asked = new ArrayList<>();
    for (Expression expression : aggregation.groupByExpressions()) {
      String column = ColumnReference.of(expression);
      if (column == null) {
        return null;
      }
      asked.add(column);
    }
    if (asked.isEmpty()) {
      return asked;
    }
    List<String> key = new ArrayList<>();
    table.partitionKey().forEach(column -> key.add(column.name()));
    int partitionColumns = key.size();
    table.clusteringColumns().forEach(column -> key.add(column.name()));
    boolean leading =
        asked.size() >= partitionColumns
            && asked.size() <= key.size()
            && asked.equals(key.subList(0, asked.size()));
    return leading ? asked : null;
  }

  private static @Nullable Selection selection(TableSpec table, AggregateFunc function) {
    if (function instanceof CountStar) {
      return new Selection(Selection.Kind.COUNT_ROWS, null);
    } else if (function instanceof Count count && !count.isDistinct()) {
      String column = ColumnReference.of(count.column());
      return column == null || table.column(column) == null
          ? null
          : new Selection(Selection.Kind.COUNT, column);
    } else if (function instanceof Min min) {
      return ordered(table, Selection.Kind.MIN, min.column());
    } else if (function instanceof Max max) {
      return ordered(table, Selection.Kind.MAX, max.column());
    } else if (function instanceof Sum sum && !sum.isDistinct()) {
      String column = ColumnReference.of(sum.column());
      ColumnSpec of = column == null ? null : table.column(column);
      return of != null && SUMMED.contains(of.type())
          ? new Selection(Selection.Kind.SUM, column)
          : null;
    }
    return null;
  }

  private static @Nullable Selection ordered(TableSpec table, Selection.Kind kind, Expression of) {
    String name = ColumnReference.of(of);
    ColumnSpec column = name == null ? null : table.column(name);
    return column != null && LiteralCells.ordersAlike(column) ? new Selection(kind, name) : null;
  }
}
