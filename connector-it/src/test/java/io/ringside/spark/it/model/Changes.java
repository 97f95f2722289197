// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.model;

import io.ringside.spark.it.model.Column.CellType;
import io.ringside.spark.it.model.Column.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random DELETE and UPDATE statements for tables of a shape. */
final class Changes {
  private final Shape shape;
  private final Random random;
  private final Conditions conditions;
  private final Assignments assignments;
  private final Merges merges;

  Changes(Shape shape, Random random) {
    this.shape = shape;
    this.random = random;
    this.conditions = new Conditions(random, "");
    this.assignments = new Assignments(random);
    this.merges = new Merges(shape, random);
  }

  /** The next statement. */
  Change next() {
    return switch (random.nextInt(8)) {
      case 0 -> deleteOfPartitions();
      case 1 -> deleteOfSlice();
      case 2 -> deleteOfRows();
      case 3, 4 -> update();
      case 5 -> keyUpdate();
      default -> merges.next();
    };
  }

  private Change deleteOfPartitions() {
    Expression condition = conditions.equal(shape.with(Role.PARTITION));
    return new Change(
        "DELETE FROM $t WHERE " + condition.sql(),
        model -> {
          model.deletePartitions(matching(model, condition));
          return true;
        });
  }

  private Change deleteOfSlice() {
    List<Column> clustering = shape.with(Role.CLUSTERING);
    if (clustering.isEmpty()) {
      return deleteOfRows();
    }
    Expression condition =
        conditions.equal(shape.with(Role.PARTITION)).and(conditions.range(clustering.get(0)));
    return delete(condition);
  }

  private Change deleteOfRows() {
    Expression condition = conditions.of(shape.columns());
    if (shape.hasStatics()) {
      // Not by the partition key alone, which would take the static cells along.
      condition = condition.and(conditions.of(shape.with(Role.REGULAR)));
    }
    return delete(condition);
  }

  private static Change delete(Expression condition) {
    return new Change(
        "DELETE FROM $t WHERE " + condition.sql(),
        model -> {
          model.delete(matching(model, condition));
          return true;
        });
  }

  private Change update() {
    Map<Column, Expression> assigned = assignments.of(shape.columns(), "");
    Expression condition = conditions.of(shape.columns());
    if (shape.hasStatics()) {
      condition = condition.and(inClusteredRows(shape, ""));
    }
    return update(condition, assigned);
  }

  /** True of rows that are more than static cells. */
  static Expression inClusteredRows(Shape shape, String prefix) {
    String name = prefix + shape.with(Role.CLUSTERING).get(0).name();
    return new Expression(name + " IS NOT NULL", row -> row.containsKey(name));
  }

  /** Moves rows to new keys, each to one of its own. */
  private Change keyUpdate() {
    List<Column> key =
        shape.key().stream().filter(column -> column.type() == CellType.INT).toList();
    Column moved = key.get(key.size() - 1);
    int shift = 1 + random.nextInt(2);
    boolean mirror = random.nextInt(4) == 0;
    String sql = mirror ? "5 - " + moved.name() : moved.name() + " + " + shift;
    Map<Column, Expression> assigned = new LinkedHashMap<>();
    assigned.put(
        moved,
        new Expression(
            sql,
            row ->
                row.get(moved.name()) instanceof Integer number
                    ? (mirror ? 5 - number : number + shift)
                    : null));
    Column value = shape.with(Role.REGULAR).get(0);
    assigned.put(value, Assignments.constant(new Literals(random).cell(value), value.type()));
    Expression condition = conditions.of(shape.columns());
    return update(
        shape.hasStatics() ? condition.and(inClusteredRows(shape, "")) : condition, assigned);
  }

  private Change update(Expression condition, Map<Column, Expression> assigned) {
    return new Change(
        "UPDATE $t SET %s WHERE %s".formatted(Assignments.sql(assigned, ""), condition.sql()),
        model -> {
          List<Map<String, Object>> matching = matching(model, condition);
          List<Map<String, Object>> changed = new ArrayList<>();
          matching.forEach(row -> changed.add(assign(row, row, assigned)));
          if (model.haveOneKey(changed)) {
            return false;
          }
          model.delete(matching);
          changed.forEach(row -> model.put(row, assigned.keySet()));
          return true;
        });
  }

  /** A row with new values, which are evaluated for another row: in a merge the joined one. */
  static Map<String, Object> assign(
      Map<String, Object> row, Map<String, Object> read, Map<Column, Expression> assigned) {
    Map<String, Object> changed = new HashMap<>(row);
    assigned.forEach(
        (column, expression) -> {
          @Nullable Object value = expression.of(read);
          if (value == null) {
            changed.remove(column.name());
          } else {
            changed.put(column.name(), value);
          }
        });
    return changed;
  }

  private static List<Map<String, Object>> matching(TableModel model, Expression condition) {
    return model.visible().stream().filter(condition::holds).toList();
  }
}
