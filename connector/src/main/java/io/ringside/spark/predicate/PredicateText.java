// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.predicate;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.filter.Predicate;

/**
 * Predicates as text for EXPLAIN. Not by their own {@code toString}, which in Spark 4.2 fails on a
 * null among binary literals. Driver only.
 */
public final class PredicateText {
  private PredicateText() {}

  /** The predicates in brackets, separated by commas. */
  public static String of(List<Predicate> predicates) {
    return predicates.stream().map(PredicateText::of).collect(Collectors.joining(", ", "[", "]"));
  }

  static String of(Expression expression) {
    if (expression instanceof Literal<?> literal) {
      if (literal.value() == null) {
        return "NULL";
      }
      return literal.value() instanceof byte[] bytes
          ? "X'" + HexFormat.of().formatHex(bytes) + '\''
          : literal.toString();
    } else if (expression instanceof NamedReference reference) {
      return String.join(".", reference.fieldNames());
    } else if (expression instanceof Predicate predicate) {
      List<String> children = Arrays.stream(predicate.children()).map(PredicateText::of).toList();
      return Comparison.isBinary(predicate) && children.size() == 2
          ? children.get(0) + ' ' + predicate.name() + ' ' + children.get(1)
          : predicate.name() + children.stream().collect(Collectors.joining(", ", "(", ")"));
    }
    return expression.describe();
  }
}
