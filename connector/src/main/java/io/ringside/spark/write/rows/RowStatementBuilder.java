// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.rows;

import io.ringside.spark.config.WriteConfig;
import io.ringside.spark.cql.ConditionText;
import io.ringside.spark.cql.InsertQuery;
import io.ringside.spark.cql.UpdateQuery;
import io.ringside.spark.cql.UpdateQuery.Assignment;
import io.ringside.spark.cql.UpdateQuery.Operator;
import io.ringside.spark.cql.Using;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.write.rows.RowStatement.Marker;
import io.ringside.spark.write.rows.RowStatement.Role;
import io.ringside.spark.write.send.RequestKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Makes the statement that writes a row, and says what its markers are bound to. What is asked for
 * has been checked. Pure. Driver only.
 */
public final class RowStatementBuilder {
  private final TableSpec table;
  private final WriteConfig write;
  private final StructType input;
  private final @Nullable ConditionText condition;

  /** Statements for data of the schema {@code input}. */
  public RowStatementBuilder(
      TableSpec table, WriteConfig write, StructType input, @Nullable ConditionText condition) {
    this.table = table;
    this.write = write;
    this.input = input;
    this.condition = condition;
  }

  /** Whether rows are written by {@code UPDATE}, which unlike {@code INSERT} makes no empty row. */
  public static boolean updates(RequestKind kind, WriteConfig write) {
    return kind == RequestKind.COUNTERS
        || write.condition().condition() != null
        || write.rows().changesCollections();
  }

  /** The statement that writes these columns. */
  public RowStatement build(List<Part> columns, RequestKind kind) {
    Using using =
        new Using(
            write.rows().timestampColumn() != null,
            write.rows().ttlSeconds() != null || write.rows().ttlColumn() != null);
    return updates(kind, write) ? update(columns, kind, using) : insert(columns, using);
  }

  private RowStatement insert(List<Part> columns, Using using) {
    List<Marker> markers = new ArrayList<>();
    for (Part target : columns) {
      markers.add(marker(target, Role.CELL));
    }
    markers.addAll(markers(using));
    List<String> names = columns.stream().map(target -> target.column().name()).toList();
    return new RowStatement(
        InsertQuery.of(table, names, using, write.condition().ifNotExists()), markers);
  }

  private RowStatement update(List<Part> columns, RequestKind kind, Using using) {
    List<Marker> markers = new ArrayList<>(markers(using));
    List<Assignment> assignments = new ArrayList<>();
    for (Part target : where(columns, column -> !column.kind().isPrimaryKey())) {
      Operator operator =
          kind == RequestKind.COUNTERS ? Operator.INCREMENT : operator(target.column());
      assignments.add(new Assignment(target.column().name(), operator));
      markers.add(marker(target, operator == Operator.SET ? Role.CELL : Role.CHANGE));
    }
    List<String> key = new ArrayList<>();
    for (Part target : where(columns, column -> column.kind().isPrimaryKey())) {
      key.add(target.column().name());
      markers.add(marker(target, Role.KEY));
    }
    if (condition != null) {
      for (String name : condition.names()) {
        markers.add(new Marker(Role.CONDITION, input.fieldIndex(name), null));
      }
    }
    return new RowStatement(
        UpdateQuery.of(table, using, assignments, key, condition == null ? null : condition.cql()),
        markers);
  }

  private Operator operator(ColumnSpec column) {
    return switch (write.rows().collection(column.name())) {
      case OVERWRITE -> Operator.SET;
      case APPEND -> Operator.APPEND;
      case PREPEND -> Operator.PREPEND;
      case REMOVE -> Operator.REMOVE;
    };
  }

  private static List<Part> where(List<Part> targets, Predicate<ColumnSpec> wanted) {
    return targets.stream().filter(target -> wanted.test(target.column())).toList();
  }

  private static Marker marker(Part target, Role role) {
    return new Marker(
        target.column().kind().isPrimaryKey() ? Role.KEY : role, target.ordinal(), target.column());
  }

  private List<Marker> markers(Using using) {
    List<Marker> markers = new ArrayList<>();
    if (using.timestamp()) {
      markers.add(
          new Marker(
              Role.TIMESTAMP,
              input.fieldIndex(Objects.requireNonNull(write.rows().timestampColumn())),
              null));
    }
    if (using.ttl()) {
      String column = write.rows().ttlColumn();
      markers.add(
          new Marker(Role.TTL, column == null ? Marker.CONSTANT : input.fieldIndex(column), null));
    }
    return markers;
  }
}
