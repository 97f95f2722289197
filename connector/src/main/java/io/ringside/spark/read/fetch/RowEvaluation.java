// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import io.ringside.spark.cql.Restriction;
import io.ringside.spark.cql.RowLimits;
import io.ringside.spark.cql.SelectQuery;
import io.ringside.spark.cql.Selection;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Answers a query from plain rows: says which rows to read and evaluates its conditions, groups and
 * aggregates over them. One per task.
 */
public final class RowEvaluation implements FallBack {
  private final SelectQuery query;
  private final SelectQuery rows;
  private final List<RowCondition> conditions;
  private final List<Accumulator.Kind> kinds;
  private final int[] groupPositions;

  private RowEvaluation(
      SelectQuery query,
      SelectQuery rows,
      List<RowCondition> conditions,
      List<Accumulator.Kind> kinds,
      int[] groupPositions) {
    this.query = query;
    this.rows = rows;
    this.conditions = conditions;
    this.kinds = kinds;
    this.groupPositions = groupPositions;
  }

  /**
   * The evaluation of a query, or null where the server does no more than give rows, or something
   * that a task cannot do.
   *
   * @param byPartition whether rows are read partition by partition, so that conditions on leading
   *     clustering columns cost the server nothing and stay with it
   */
  private static @Nullable RowEvaluation of(SelectQuery query, boolean byPartition) {
    boolean aggregates = aggregates(query);
    if (query.condition() != null
        || query.limits().perPartition() > 0
        || (!aggregates && query.restrictions().isEmpty())) {
      return null;
    }
    TableSpec table = query.table();
    List<Selection> selected = new ArrayList<>();
    if (!aggregates) {
      selected.addAll(query.selections());
    }
    List<RowCondition> conditions = conditions(query, selected);
    List<Accumulator.Kind> kinds = aggregates ? kinds(query, selected) : List.of();
    if (conditions == null || kinds == null) {
      return null;
    }
    int[] groups = query.groupBy().stream().mapToInt(name -> position(selected, name)).toArray();
    if (selected.isEmpty()) {
      selected.add(Selection.of(table.partitionKey().get(0).name()));
    }
    List<Restriction> kept = byPartition ? leading(query) : List.of();
    SelectQuery rows =
        new SelectQuery(table, selected, kept, List.of(), query.order(), RowLimits.NONE, false);
    return new RowEvaluation(query, rows, conditions, kinds, groups);
  }

  private static boolean aggregates(SelectQuery query) {
    return !query.groupBy().isEmpty()
        || query.selections().stream().anyMatch(selection -> selection.kind().isAggregate());
  }

  /** A query's conditions, or null where there is one that a task cannot check. */
  private static @Nullable List<RowCondition> conditions(
      SelectQuery query, List<Selection> selected) {
    List<RowCondition> conditions = new ArrayList<>();
    for (Restriction restriction : query.restrictions()) {
      ColumnSpec column = query.table().column(restriction.column());
      RowCondition condition =
          column == null
              ? null
              : RowCondition.of(restriction, column, position(selected, column.name()));
      if (condition == null) {
        return null;
      }
      conditions.add(condition);
    }
    return conditions;
  }

  /** What a query aggregates, or null where there is something that a task cannot. */
  private static @Nullable List<Accumulator.Kind> kinds(
      SelectQuery query, List<Selection> selected) {
    List<Accumulator.Kind> kinds = new ArrayList<>();
    for (Selection selection : query.selections()) {
      Accumulator.Kind kind = kind(query.table(), selected, selection);
      if (kind == null) {
        return null;
      }
      kinds.add(kind);
    }
    return kinds;
  }

  /** For token ranges. */
  public static @Nullable RowEvaluation ofRanges(SelectQuery query) {
    return of(query, false);
  }

  /** For partitions. */
  public static @Nullable RowEvaluation ofPartitions(SelectQuery query) {
    return of(query, true);
  }

  /** The query for the rows to evaluate. */
  public SelectQuery rows() {
    return rows;
  }

  @Override
  public RowWork start() {
    return kinds.isEmpty()
        ? new RowFilter(conditions, query.selections().size())
        : new RowAggregation(conditions, kinds, groupPositions);
  }

  private static Accumulator.@Nullable Kind kind(
      TableSpec table, List<Selection> selected, Selection selection) {
    String name = selection.column();
    ColumnSpec column =
        name == null ? table.partitionKey().get(0) : Objects.requireNonNull(table.column(name));
    int position = name == null ? -1 : position(selected, name);
    return Accumulator.Kind.of(selection.kind(), position, column.type());
  }

  /** Where a column's value is among what is selected, after it is selected if it was not. */
  private static int position(List<Selection> selected, String column) {
    Selection value = Selection.of(column);
    if (!selected.contains(value)) {
      selected.add(value);
    }
    return selected.indexOf(value);
  }

  /** Conditions that say where in a partition its rows lie, without any filter. */
  private static List<Restriction> leading(SelectQuery query) {
    List<Restriction> kept = new ArrayList<>();
    for (ColumnSpec column : query.table().clusteringColumns()) {
      List<Restriction> ofColumn =
          query.restrictions().stream().filter(r -> r.column().equals(column.name())).toList();
      if (ofColumn.size() != 1 || ofColumn.get(0).operator() != Restriction.Operator.EQUAL) {
        return kept;
      }
      kept.addAll(ofColumn);
    }
    return kept;
  }
}
