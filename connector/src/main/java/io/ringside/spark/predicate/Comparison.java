// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.predicate;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.jspecify.annotations.Nullable;

/**
 * A predicate that compares a column with literals. Driver only.
 *
 * @param column its name
 * @param values Spark's internal values without nulls, which no comparison finds; one, or any
 *     number for {@link Operator#EQUAL}, of which one must be equal
 * @param type of the values, null when there are none
 */
record Comparison(String column, Operator operator, List<Object> values, @Nullable DataType type) {

  /** How a column is compared. */
  enum Operator {
    EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL,
    NOT_NULL;

    private Operator mirrored() {
      return switch (this) {
        case LESS -> GREATER;
        case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
        case GREATER -> LESS;
        case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
        default -> this;
      };
    }
  }

  /** The comparison that a predicate of Spark is, or null when it is none. */
  static @Nullable Comparison of(Predicate predicate) {
    Expression[] children = predicate.children();
    return switch (predicate.name()) {
      case "IS_NOT_NULL" -> notNull(children);
      case "IN" -> in(children);
      case "=", "<=>" -> binary(Operator.EQUAL, children);
      case "<" -> binary(Operator.LESS, children);
      case "<=" -> binary(Operator.LESS_OR_EQUAL, children);
      case ">" -> binary(Operator.GREATER, children);
      case ">=" -> binary(Operator.GREATER_OR_EQUAL, children);
      default -> null;
    };
  }

  /** Whether a predicate is written between its two sides. */
  static boolean isBinary(Predicate predicate) {
    return switch (predicate.name()) {
      case "=", "<=>", "<>", "<", "<=", ">", ">=", "AND", "OR" -> true;
      default -> false;
    };
  }

  private static @Nullable Comparison notNull(Expression[] children) {
    String column = ColumnReference.of(children[0]);
    return column == null ? null : new Comparison(column, Operator.NOT_NULL, List.of(), null);
  }

  private static @Nullable Comparison binary(Operator operator, Expression[] children) {
    boolean columnFirst = children[0] instanceof NamedReference;
    String column = ColumnReference.of(children[columnFirst ? 0 : 1]);
    if (column == null
        || !(children[columnFirst ? 1 : 0] instanceof Literal<?> literal)
        || literal.value() == null) {
      return null;
    }
    Operator read = columnFirst ? operator : operator.mirrored();
    return new Comparison(column, read, List.of(literal.value()), literal.dataType());
  }

  private static @Nullable Comparison in(Expression[] children) {
    String column = ColumnReference.of(children[0]);
    if (column == null || children.length < 2) {
      return null;
    }
    List<Object> values = new ArrayList<>(children.length - 1);
    DataType type = null;
    for (int i = 1; i < children.length; i++) {
      if (!(children[i] instanceof Literal<?> literal)) {
        return null;
      }
      if (literal.value() != null) {
        values.add(literal.value());
        type = literal.dataType();
      } else if (literal.dataType() instanceof BinaryType) {
        // Spark 4.2 prints the predicates that are pushed and fails on this one.
        return null;
      }
    }
    return new Comparison(column, Operator.EQUAL, values, type);
  }
}
