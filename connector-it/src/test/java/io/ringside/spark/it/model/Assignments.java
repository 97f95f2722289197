// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.model;

import io.ringside.spark.it.model.Column.CellType;
import io.ringside.spark.it.model.Column.Role;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Random values for the columns of an update. */
final class Assignments {
  private static final int LONGEST_TEXT = 4;

  private final Random random;
  private final Literals literals;

  Assignments(Random random) {
    this.random = random;
    this.literals = new Literals(random);
  }

  /**
   * Assignments of one to three columns outside of the key. A static column gets one literal, as
   * the rows of a partition must agree on it.
   *
   * @param target before the columns that are read, such as {@code t.}, or empty
   */
  Map<Column, Expression> of(List<Column> columns, String target) {
    List<Column> shuffled =
        new ArrayList<>(columns.stream().filter(column -> !column.isKey()).toList());
    Collections.shuffle(shuffled, random);
    Map<Column, Expression> assignments = new LinkedHashMap<>();
    for (Column column : shuffled.subList(0, Math.min(1 + random.nextInt(3), shuffled.size()))) {
      assignments.put(column, value(column, target));
    }
    return assignments;
  }

  private Expression value(Column column, String target) {
    String name = target + column.name();
    if (column.role() == Role.STATIC || random.nextBoolean()) {
      return constant(literals.cell(column), column.type());
    }
    return switch (column.type()) {
      case INT ->
          new Expression(
              name + " + 1", row -> row.get(name) instanceof Integer number ? number + 1 : null);
      case TEXT ->
          new Expression(
              "left(concat(%s, '!'), %d)".formatted(name, LONGEST_TEXT),
              row -> row.get(name) instanceof String text ? appended(text) : null);
      case LIST -> new Expression("reverse(%s)".formatted(name), row -> reversed(row.get(name)));
      case SET, MAP -> new Expression(name, row -> row.get(name));
    };
  }

  private static String appended(String text) {
    String longer = text + '!';
    return longer.substring(0, Math.min(LONGEST_TEXT, longer.length()));
  }

  private static @Nullable Object reversed(@Nullable Object list) {
    if (!(list instanceof List<?> elements)) {
      return null;
    }
    List<Object> reversed = new ArrayList<>(elements);
    Collections.reverse(reversed);
    return reversed;
  }

  static Expression constant(@Nullable Object value, CellType type) {
    return new Expression(Literals.sql(value, type), row -> value);
  }

  /** The text after {@code SET}. */
  static String sql(Map<Column, Expression> assignments, String target) {
    return assignments.entrySet().stream()
        .map(entry -> "%s%s = %s".formatted(target, entry.getKey().name(), entry.getValue().sql()))
        .collect(Collectors.joining(", "));
  }
}
