// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.predicate;

import com.datastax.oss.driver.api.core.type.DataTypes;
import io.ringside.spark.cql.PresentValue;
import io.ringside.spark.cql.SelectQuery;
import io.ringside.spark.cql.Selection;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.types.CqlKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.aggregate.AggregateFunc;
import org.apache.spark.sql.connector.expressions.aggregate.Aggregation;
import org.apache.spark.sql.connector.expressions.aggregate.Count;
import org.apache.spark.sql.connector.expressions.aggregate.CountStar;
import org.apache.spark.sql.connector.expressions.aggregate.Max;
import org.apache.spark.sql.connector.expressions.aggregate.Min;
import org.apache.spark.sql.connector.expressions.aggregate.Sum;
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

  private static final String SEVERAL_ENCODINGS =
      "Cassandra has several groups of values that are equal in Spark";

  /**
   * The aggregate in CQL, or why Cassandra cannot compute all of it as Spark would.
   *
   * @param pushdown what Cassandra evaluates of the predicates
   */
  public static Decision<AggregatePushdown> of(
      TableSpec table, StructType tableSchema, Aggregation aggregation, Pushdown pushdown) {
    Decision<List<String>> groups = groups(table, aggregation, pushdown);
    List<String> groupBy = groups.accepted();
    if (groupBy == null) {
      return new Decision<>(null, groups.refusal());
    }
    List<Selection> selections = new ArrayList<>();
    List<ColumnSpec> columns = new ArrayList<>();
    StructType schema = new StructType();
    for (String name : groupBy) {
      selections.add(Selection.of(name));
      columns.add(column(table, name));
      schema = schema.add(tableSchema.apply(name));
    }
    for (AggregateFunc function : aggregation.aggregateExpressions()) {
      Decision<Selection> decision = selection(table, function);
      Selection selection = decision.accepted();
      if (selection == null) {
        return new Decision<>(null, decision.refusal());
      }
      ColumnSpec answer = answer(table, selection, function.describe());
      selections.add(selection);
      columns.add(answer);
      schema =
          isExtreme(selection)
              ? schema.add(function.describe(), tableSchema.apply(answer.name()).dataType())
              : schema.add(
                  function.describe(),
                  org.apache.spark.sql.types.DataTypes.LongType,
                  // A sum of nulls alone is null, a count never is.
                  selection.kind() == Selection.Kind.SUM);
    }
    return StaticSelection.isRefused(table, selections, pushdown.restrictions())
        ? Decision.refuse(
            text(aggregation), "CQL selects no static columns alone of some rows of a partition")
        : Decision.accept(new AggregatePushdown(selections, columns, schema, groupBy));
  }

  /** Whether it aggregates all rows together, and so has one answer even when there is no row. */
  public boolean isGlobal() {
    return groupBy.isEmpty();
  }

  /**
   * Whether each group lies in one token range, so that there is nothing left to add up.
   *
   * @param pushdown what Cassandra evaluates of the predicates
   */
  public static boolean isComplete(TableSpec table, Aggregation aggregation, Pushdown pushdown) {
    List<String> groupBy = groups(table, aggregation, pushdown).accepted();
    return groupBy != null && !groupBy.isEmpty();
  }

  /** Whether all that is asked for are counts of the whole table. */
  public static boolean isCount(Aggregation aggregation) {
    return aggregation.groupByExpressions().length == 0
        && aggregation.aggregateExpressions().length > 0
        && Arrays.stream(aggregation.aggregateExpressions())
            .allMatch(
                function ->
                    function instanceof CountStar
                        || (function instanceof Count count && !count.isDistinct()));
  }

  /** What a user asked for, for EXPLAIN. */
  static String text(Aggregation aggregation) {
    String functions =
        Arrays.stream(aggregation.aggregateExpressions())
            .map(AggregateFunc::describe)
            .collect(Collectors.joining(", "));
    String groups =
        Arrays.stream(aggregation.groupByExpressions())
            .map(PredicateText::of)
            .collect(Collectors.joining(", "));
    return groups.isEmpty() ? functions : (functions + " GROUP BY " + groups).strip();
  }

  private static boolean isExtreme(Selection selection) {
    return selection.kind() == Selection.Kind.MIN || selection.kind() == Selection.Kind.MAX;
  }

  private static ColumnSpec answer(TableSpec table, Selection selection, String name) {
    if (!isExtreme(selection) || selection.column() == null) {
      return ColumnSpec.of(name, DataTypes.BIGINT, ColumnKind.REGULAR);
    }
    ColumnSpec of = column(table, selection.column());
    return ColumnSpec.of(of.name(), of.type(), ColumnKind.REGULAR);
  }

  private static ColumnSpec column(TableSpec table, String name) {
    return Objects.requireNonNull(table.column(name));
  }

  /**
   * The group columns, none, or why CQL cannot group by them: in key order, or in any order where
   * each group is a partition and nothing is asked of its rows, so that CQL's {@code DISTINCT}
   * reads one row of each. Groups of the whole key are one row each: nothing is won, and servers
   * cannot page them where there are no clustering columns ("Invalid value for the paging state").
   */
  private static Decision<List<String>> groups(
      TableSpec table, Aggregation aggregation, Pushdown pushdown) {
    if (aggregation.aggregateExpressions().length + aggregation.groupByExpressions().length == 0) {
      return Decision.refuse("the aggregate", "no value of it is used");
    }
    List<String> asked = new ArrayList<>();
    for (Expression expression : aggregation.groupByExpressions()) {
      asked.add(String.valueOf(ColumnReference.of(expression)));
    }
    if (aggregation.aggregateExpressions().length == 0
        && pushdown.restrictions().isEmpty()
        && !table.clusteringColumns().isEmpty()
        && SelectQuery.isOfPartitions(table, asked)) {
      return hasOneEncoding(table.partitionKey())
          ? Decision.accept(asked)
          : Decision.refuse(text(aggregation), SEVERAL_ENCODINGS);
    }
    List<ColumnSpec> key = new ArrayList<>(table.partitionKey());
    key.addAll(table.clusteringColumns());
    List<String> names = key.stream().map(ColumnSpec::name).toList();
    String reason = null;
    if (!asked.isEmpty()
        && (asked.size() < table.partitionKey().size()
            || asked.size() > names.size()
            || !asked.equals(names.subList(0, asked.size())))) {
      reason = "CQL groups by the partition key and then clustering columns, in key order";
    } else if (asked.size() == names.size()) {
      reason = "each group is one row";
    } else if (!hasOneEncoding(key.subList(0, asked.size()))) {
      reason = SEVERAL_ENCODINGS;
    }
    return reason == null ? Decision.accept(asked) : Decision.refuse(text(aggregation), reason);
  }

  private static boolean hasOneEncoding(List<ColumnSpec> key) {
    return key.stream().allMatch(column -> CqlKind.of(column.type()).hasOneEncoding());
  }

  private static Decision<Selection> selection(TableSpec table, AggregateFunc function) {
    String what = function.describe();
    if (function instanceof CountStar) {
      return Decision.accept(new Selection(Selection.Kind.COUNT_ROWS, null));
    } else if (function instanceof Count count && !count.isDistinct()) {
      return ofValues(table, what, Selection.Kind.COUNT, count.column());
    } else if (function instanceof Min min) {
      return ordered(table, what, Selection.Kind.MIN, min.column());
    } else if (function instanceof Max max) {
      return ordered(table, what, Selection.Kind.MAX, max.column());
    } else if (function instanceof Sum sum && !sum.isDistinct()) {
      ColumnSpec column = columnOf(table, sum.column());
      return column != null && SUMMED.contains(column.type())
          ? Decision.accept(new Selection(Selection.Kind.SUM, column.name()))
          : Decision.refuse(what, "only sums of integers up to 32 bits cannot overflow");
    }
    return Decision.refuse(what, "CQL has count(*), count, min, max and sum");
  }

  private static @Nullable ColumnSpec columnOf(TableSpec table, Expression expression) {
    String name = ColumnReference.of(expression);
    return name == null ? null : table.column(name);
  }

  /** Cassandra counts a cell without bytes, and takes it for the least of all. */
  private static Decision<Selection> ofValues(
      TableSpec table, String what, Selection.Kind kind, Expression of) {
    ColumnSpec column = columnOf(table, of);
    if (column == null) {
      return Decision.refuse(what, "it is not of a column");
    }
    return LiteralCells.mayBeEmpty(table, column) && !PresentValue.isKnown(column.type())
        ? Decision.refuse(what, "Cassandra counts cells without bytes, which are null in Spark")
        : Decision.accept(new Selection(kind, column.name()));
  }

  private static Decision<Selection> ordered(
      TableSpec table, String what, Selection.Kind kind, Expression of) {
    ColumnSpec column = columnOf(table, of);
    if (column != null && !CqlKind.of(column.type()).ordersAlike()) {
      return Decision.refuse(what, "Cassandra orders such values otherwise than Spark");
    }
    return kind == Selection.Kind.MAX && column != null
        ? Decision.accept(new Selection(kind, column.name()))
        : ofValues(table, what, kind, of);
  }
}
