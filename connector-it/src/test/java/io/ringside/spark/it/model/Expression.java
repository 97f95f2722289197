// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A piece of SQL and what it comes to for a row.
 *
 * @param sql the text
 * @param evaluation the same in Java
 */
record Expression(String sql, Evaluation evaluation) {
  /** Evaluates an expression; a column that is null is not in the row. */
  interface Evaluation {
    @Nullable Object of(Map<String, Object> row);
  }

  @Nullable Object of(Map<String, Object> row) {
    return evaluation.of(row);
  }

  /** Whether a condition is true for a row, neither false nor null. */
  boolean holds(Map<String, Object> row) {
    return Boolean.TRUE.equals(of(row));
  }

  /** Both are true, by the rules of SQL for null. */
  Expression and(Expression other) {
    return new Expression(
        "(%s AND %s)".formatted(sql, other.sql),
        row -> {
          Object left = of(row);
          Object right = other.of(row);
          if (Boolean.FALSE.equals(left) || Boolean.FALSE.equals(right)) {
            return false;
          }
          return (left == null || right == null) ? null : true;
        });
  }

  /** One of both is true, by the rules of SQL for null. */
  Expression or(Expression other) {
    return new Expression(
        "(%s OR %s)".formatted(sql, other.sql),
        row -> {
          Object left = of(row);
          Object right = other.of(row);
          if (Boolean.TRUE.equals(left) || Boolean.TRUE.equals(right)) {
            return true;
          }
          return (left == null || right == null) ? null : false;
        });
  }

  /** The opposite; null stays null. */
  Expression not() {
    return new Expression(
        "NOT (%s)".formatted(sql),
        row -> {
          Object value = of(row);
          return value == null ? null : Boolean.FALSE.equals(value);
        });
  }
}
