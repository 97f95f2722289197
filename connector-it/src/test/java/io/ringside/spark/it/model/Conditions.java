// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.model;

import io.ringside.spark.it.model.Column.CellType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Random conditions over columns, with many that Cassandra can evaluate. */
final class Conditions {
  private final Random random;
  private final Literals literals;
  private final String prefix;

  /**
   * Takes the source of choices.
   *
   * @param prefix of columns, such as {@code t.} in a merge, or empty
   */
  Conditions(Random random, String prefix) {
    this.random = random;
    this.literals = new Literals(random);
    this.prefix = prefix;
  }

  /** A condition of up to three comparisons of these columns. */
  Expression of(List<Column> columns) {
    Expression condition = leaf(pick(columns));
    for (int more = random.nextInt(3); more > 0; more--) {
      Expression other = leaf(pick(columns));
      condition = random.nextInt(3) == 0 ? condition.or(other) : condition.and(other);
    }
    return random.nextInt(8) == 0 ? condition.not() : condition;
  }

  /** All of these columns have given values, or one of a few. */
  Expression equal(List<Column> columns) {
    return columns.stream()
        .map(column -> random.nextInt(4) == 0 ? in(column) : comparison(column, "="))
        .reduce(Expression::and)
        .orElseThrow();
  }

  /** A range of a column, with one end or both. */
  Expression range(Column column) {
    Expression range = comparison(column, random.nextBoolean() ? ">" : ">=");
    return switch (random.nextInt(3)) {
      case 0 -> range;
      case 1 -> comparison(column, random.nextBoolean() ? "<" : "<=");
      default -> range.and(comparison(column, "<="));
    };
  }

  private Column pick(List<Column> columns) {
    return columns.get(random.nextInt(columns.size()));
  }

  private Expression leaf(Column column) {
    String name = prefix + column.name();
    int choice = random.nextInt(8);
    if (choice == 0) {
      return new Expression(name + " IS NULL", row -> !row.containsKey(name));
    } else if (choice == 1) {
      return new Expression(name + " IS NOT NULL", row -> row.containsKey(name));
    }
    return switch (column.type()) {
      case INT ->
          choice == 2
              ? new Expression(
                  name + " % 2 = 0",
                  row -> row.get(name) instanceof Integer number ? number % 2 == 0 : null)
              : ordered(column, choice);
      case TEXT -> ordered(column, choice);
      case LIST, SET -> contains(name, column.type());
      case MAP -> entry(name);
    };
  }

  private Expression ordered(Column column, int choice) {
    return choice == 3
        ? in(column)
        : comparison(
            column, List.of("=", "=", "<", "<=", ">", ">=", "<>", "<=>").get(random.nextInt(8)));
  }

  private Expression comparison(Column column, String operator) {
    String name = prefix + column.name();
    Object literal = literals.value(column.type());
    return new Expression(
        "%s %s %s".formatted(name, operator, Literals.sql(literal, column.type())),
        row -> compare(row.get(name), operator, literal));
  }

  private static @Nullable Boolean compare(
      @Nullable Object value, String operator, Object literal) {
    if (value == null) {
      return operator.equals("<=>") ? Boolean.FALSE : null;
    }
    int order =
        value instanceof Integer number
            ? number.compareTo((Integer) literal)
            : ((String) value).compareTo((String) literal);
    return switch (operator) {
      case "=", "<=>" -> order == 0;
      case "<>" -> order != 0;
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      default -> order >= 0;
    };
  }

  private Expression in(Column column) {
    String name = prefix + column.name();
    List<Object> values = new ArrayList<>();
    for (int i = 1 + random.nextInt(3); i >= 0; i--) {
      values.add(literals.value(column.type()));
    }
    return new Expression(
        values.stream()
            .map(value -> Literals.sql(value, column.type()))
            .collect(Collectors.joining(", ", name + " IN (", ")")),
        row -> row.containsKey(name) ? values.contains(row.get(name)) : null);
  }

  private Expression contains(String name, CellType type) {
    Object element = literals.value(type == CellType.LIST ? CellType.INT : CellType.TEXT);
    return new Expression(
        "array_contains(%s, %s)".formatted(name, Literals.sql(element, CellType.TEXT)),
        row -> row.get(name) instanceof Collection<?> found ? found.contains(element) : null);
  }

  private Expression entry(String name) {
    Object key = literals.value(CellType.TEXT);
    Object value = literals.value(CellType.INT);
    return new Expression(
        "%s['%s'] = %s".formatted(name, key, value),
        row -> {
          Object found = row.get(name) instanceof Map<?, ?> map ? map.get(key) : null;
          return found == null ? null : found.equals(value);
        });
  }
}
