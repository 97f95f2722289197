// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cql;

import static com.datastax.oss.driver.api.querybuilder.QueryBuilder.bindMarker;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.querybuilder.QueryBuilder;
import com.datastax.oss.driver.api.querybuilder.relation.Relation;
import com.datastax.oss.driver.api.querybuilder.update.UpdateStart;
import io.ringside.spark.schema.TableSpec;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Texts of {@code UPDATE} statements; every value is a positional bind marker. */
public final class UpdateQuery {
  private UpdateQuery() {}

  /** How a column gets its new value from the old one and the marker's. */
  public enum Operator {
    /** {@code c = ?}. */
    SET,
    /** {@code c = c + ?}, for counters. */
    INCREMENT,
    /** {@code c = c + ?}, for collections. */
    APPEND,
    /** {@code c = ? + c}. */
    PREPEND,
    /** {@code c = c - ?}; of a map, the entries of a set of keys. */
    REMOVE
  }

  /**
   * A column and what is done to it.
   *
   * @param field of a user-defined type that alone is set, or null for the whole column
   */
  public record Assignment(String column, @Nullable String field, Operator operator)
      implements Serializable {
    /** Of the whole column. */
    public Assignment(String column, Operator operator) {
      this(column, null, operator);
    }
  }

  /**
   * Changes one row: {@code UPDATE … USING … SET a=?,b=b+? WHERE k=? IF …}. The markers are those
   * of {@code using}, of the assignments, of the key and of the condition.
   *
   * @param assignments not empty
   * @param key names of the columns that identify the row
   * @param condition CQL after {@code IF}, or null
   */
  public static String of(
      TableSpec table,
      Using using,
      List<Assignment> assignments,
      List<String> key,
      @Nullable String condition) {
    UpdateStart update =
        QueryBuilder.update(
            CqlIdentifier.fromInternal(table.keyspace()),
            CqlIdentifier.fromInternal(table.table()));
    if (using.timestamp()) {
      update = update.usingTimestamp(bindMarker());
    }
    if (using.ttl()) {
      update = update.usingTtl(bindMarker());
    }
    String text =
        update
            .set(assignments.stream().map(UpdateQuery::assignment).toList())
            .where(
                key.stream()
                    .map(
                        name ->
                            Relation.column(CqlIdentifier.fromInternal(name))
                                .isEqualTo(bindMarker()))
                    .toList())
            .asCql();
    return condition == null ? text : text + " IF " + condition;
  }

  private static com.datastax.oss.driver.api.querybuilder.update.Assignment assignment(
      Assignment assignment) {
    CqlIdentifier column = CqlIdentifier.fromInternal(assignment.column());
    String field = assignment.field();
    if (field != null) {
      return com.datastax.oss.driver.api.querybuilder.update.Assignment.setField(
          column, CqlIdentifier.fromInternal(field), bindMarker());
    }
    return switch (assignment.operator()) {
      case SET ->
          com.datastax.oss.driver.api.querybuilder.update.Assignment.setColumn(
              column, bindMarker());
      case INCREMENT, APPEND ->
          com.datastax.oss.driver.api.querybuilder.update.Assignment.append(column, bindMarker());
      case PREPEND ->
          com.datastax.oss.driver.api.querybuilder.update.Assignment.prepend(column, bindMarker());
      case REMOVE ->
          com.datastax.oss.driver.api.querybuilder.update.Assignment.remove(column, bindMarker());
    };
  }
}
