// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Random values from small ranges, so that statements meet the rows that are there. */
final class Literals {
  private static final List<String> TEXTS = List.of("a", "b", "c", "A", "B");
  private static final int INTS = 6;
  private static final int NULL_SHARE = 6;

  private final Random random;

  Literals(Random random) {
    this.random = random;
  }

  /** A value of a type, never null and never an empty collection. */
  Object value(Column.CellType type) {
    return switch (type) {
      case INT -> random.nextInt(INTS);
      case TEXT -> TEXTS.get(random.nextInt(TEXTS.size()));
      case LIST -> IntStream.range(0, size()).mapToObj(i -> random.nextInt(INTS)).toList();
      case SET ->
          IntStream.range(0, size())
              .mapToObj(i -> TEXTS.get(random.nextInt(TEXTS.size())))
              .collect(Collectors.toCollection(TreeSet::new));
      case MAP -> {
        Map<String, Integer> map = new TreeMap<>();
        IntStream.range(0, size())
            .forEach(i -> map.put(TEXTS.get(random.nextInt(TEXTS.size())), random.nextInt(INTS)));
        yield map;
      }
    };
  }

  /** A value that may be null unless the column is of the key. */
  @Nullable Object cell(Column column) {
    return !column.isKey() && random.nextInt(NULL_SHARE) == 0 ? null : value(column.type());
  }

  private int size() {
    return 1 + random.nextInt(3);
  }

  /** As Spark reads it. */
  static String sql(@Nullable Object value, Column.CellType type) {
    if (value == null) {
      return "cast(null AS %s)".formatted(type.spark());
    } else if (value instanceof String text) {
      return "'" + text + "'";
    } else if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> "'%s', %s".formatted(entry.getKey(), entry.getValue()))
          .collect(Collectors.joining(", ", "map(", ")"));
    } else if (value instanceof Collection<?> elements) {
      List<String> texts = new ArrayList<>();
      elements.forEach(
          element ->
              texts.add(element instanceof String ? "'" + element + "'" : String.valueOf(element)));
      return "array(" + String.join(", ", texts) + ")";
    }
    return value.toString();
  }
}
