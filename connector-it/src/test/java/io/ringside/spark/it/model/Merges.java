// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.model;

import io.ringside.spark.it.model.Column.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/** Random MERGE statements, from a source of rows with different keys, joined by the key. */
final class Merges {
  private final Shape shape;
  private final Random random;
  private final Literals literals;
  private final Assignments assignments;

  Merges(Shape shape, Random random) {
    this.shape = shape;
    this.random = random;
    this.literals = new Literals(random);
    this.assignments = new Assignments(random);
  }

  /** What happens to rows that are in the table, in the source or in both. */
  private record Clause(String start, Optional<Expression> condition, Action action) {
    boolean takes(Map<String, Object> joined) {
      return condition.map(one -> one.holds(joined)).orElse(true);
    }

    String sql() {
      return start + condition.map(one -> " AND " + one.sql()).orElse("") + " THEN " + action.sql();
    }
  }

  /** An update with assignments, a delete or an insert without. */
  private record Action(String sql, Map<Column, Expression> assigned) {
    boolean deletes() {
      return sql.equals("DELETE");
    }
  }

  Change next() {
    List<Map<String, Object>> source = source();
    List<Clause> matched = changes("WHEN MATCHED", false);
    List<Clause> bySource =
        random.nextInt(3) == 0 ? changes("WHEN NOT MATCHED BY SOURCE", true) : List.of();
    Optional<Clause> insert =
        random.nextInt(3) == 0 && !matched.isEmpty() ? Optional.empty() : Optional.of(insert());
    List<Clause> all = new ArrayList<>(matched);
    insert.ifPresent(all::add);
    all.addAll(bySource);
    if (all.isEmpty()) {
      all.add(insert());
    }
    String sql =
        "MERGE INTO $t AS t USING (%s) AS s ON %s %s"
            .formatted(
                sql(source),
                shape.key().stream()
                    .map(column -> "t.%1$s = s.%1$s".formatted(column.name()))
                    .collect(Collectors.joining(" AND ")),
                all.stream().map(Clause::sql).collect(Collectors.joining(" ")));
    return new Change(sql, model -> apply(model, source, matched, bySource, insert));
  }

  private List<Map<String, Object>> source() {
    Map<List<Object>, Map<String, Object>> rows = new LinkedHashMap<>();
    for (int i = 2 + random.nextInt(6); i > 0; i--) {
      Map<String, Object> row = new HashMap<>();
      for (Column column : shape.columns()) {
        Optional.ofNullable(literals.cell(column))
            .ifPresent(value -> row.put(column.name(), value));
      }
      rows.put(Shape.values(shape.key(), row), row);
    }
    return List.copyOf(rows.values());
  }

  private String sql(List<Map<String, Object>> source) {
    return source.stream()
            .map(
                row ->
                    shape.columns().stream()
                        .map(column -> Literals.sql(row.get(column.name()), column.type()))
                        .collect(Collectors.joining(", ", "(", ")")))
            .collect(Collectors.joining(", ", "SELECT * FROM VALUES ", " AS v("))
        + shape.columns().stream().map(Column::name).collect(Collectors.joining(", "))
        + ")";
  }

  /** Up to two clauses that update or delete. */
  private List<Clause> changes(String start, boolean bySource) {
    List<Clause> clauses = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      Expression condition =
          new Conditions(random, bySource || random.nextBoolean() ? "t." : "s.")
              .of(shape.columns());
      if (bySource && shape.hasStatics()) {
        condition = condition.and(Changes.inClusteredRows(shape, "t."));
      }
      Map<Column, Expression> assigned =
          assignments.of(
              shape.columns().stream().filter(column -> column.role() != Role.STATIC).toList(),
              "t.");
      Action action =
          random.nextInt(3) == 0
              ? new Action("DELETE", Map.of())
              : new Action("UPDATE SET " + Assignments.sql(assigned, "t."), assigned);
      clauses.add(new Clause(start, Optional.of(condition), action));
    }
    return clauses;
  }

  private Clause insert() {
    List<Column> columns =
        shape.columns().stream().filter(column -> column.role() != Role.STATIC).toList();
    String names = columns.stream().map(Column::name).collect(Collectors.joining(", "));
    String values =
        columns.stream().map(column -> "s." + column.name()).collect(Collectors.joining(", "));
    Optional<Expression> condition =
        random.nextBoolean()
            ? Optional.empty()
            : Optional.of(new Conditions(random, "s.").of(shape.columns()));
    return new Clause(
        "WHEN NOT MATCHED",
        condition,
        new Action("INSERT (%s) VALUES (%s)".formatted(names, values), Map.of()));
  }

  private boolean apply(
      TableModel model,
      List<Map<String, Object>> source,
      List<Clause> matched,
      List<Clause> bySource,
      Optional<Clause> insert) {
    Map<List<Object>, Map<String, Object>> unmatched = new LinkedHashMap<>();
    source.forEach(row -> unmatched.put(Shape.values(shape.key(), row), row));
    for (Map<String, Object> row : model.visible()) {
      Map<String, Object> partner = unmatched.remove(Shape.values(shape.key(), row));
      Map<String, Object> joined = prefixed("t.", row);
      if (partner != null) {
        joined.putAll(prefixed("s.", partner));
      }
      (partner == null ? bySource : matched)
          .stream()
              .filter(clause -> clause.takes(joined))
              .findFirst()
              .ifPresent(clause -> apply(model, row, joined, clause.action()));
    }
    insert.ifPresent(
        clause ->
            unmatched.values().stream()
                .filter(row -> clause.takes(prefixed("s.", row)))
                .forEach(row -> model.put(row, List.of())));
    return true;
  }

  private static void apply(
      TableModel model, Map<String, Object> row, Map<String, Object> joined, Action action) {
    if (action.deletes()) {
      model.delete(List.of(row));
    } else {
      model.put(Changes.assign(row, joined, action.assigned()), action.assigned().keySet());
    }
  }

  private static Map<String, Object> prefixed(String prefix, Map<String, Object> row) {
    Map<String, Object> prefixed = new HashMap<>();
    row.forEach((name, value) -> prefixed.put(prefix + name, value));
    return prefixed;
  }
}
