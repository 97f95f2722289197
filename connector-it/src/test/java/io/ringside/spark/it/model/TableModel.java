// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a table holds. A row is a map from the names of its columns to their values, without the
 * columns that are null. All rows were inserted, so that a row lives on when its last cell goes.
 */
final class TableModel {
  private final Shape shape;
  private final Map<List<Object>, Map<String, Object>> rows = new LinkedHashMap<>();
  private final Map<List<Object>, Map<String, Object>> statics = new LinkedHashMap<>();

  TableModel(Shape shape) {
    this.shape = shape;
  }

  int size() {
    return rows.size();
  }

  /**
   * The rows that a query finds: a partition that has nothing but static cells is a row whose
   * clustering columns are null.
   */
  List<Map<String, Object>> visible() {
    List<Map<String, Object>> visible = new ArrayList<>();
    Map<List<Object>, Map<String, Object>> alone = new LinkedHashMap<>(statics);
    rows.forEach(
        (key, cells) -> {
          Map<String, Object> row = new HashMap<>(cells);
          row.putAll(statics.getOrDefault(partition(cells), Map.of()));
          alone.remove(partition(cells));
          visible.add(row);
        });
    alone.forEach(
        (partition, cells) -> {
          Map<String, Object> row = new HashMap<>(cells);
          List<Column> key = shape.with(Column.Role.PARTITION);
          for (int i = 0; i < key.size(); i++) {
            row.put(key.get(i).name(), partition.get(i));
          }
          visible.add(row);
        });
    return visible;
  }

  List<Object> partition(Map<String, Object> row) {
    return Shape.values(shape.with(Column.Role.PARTITION), row);
  }

  private List<Object> key(Map<String, Object> row) {
    return Shape.values(shape.key(), row);
  }

  /** Whether a visible row is one of static cells alone. */
  boolean isStaticOnly(Map<String, Object> row) {
    return shape.with(Column.Role.CLUSTERING).stream()
        .anyMatch(column -> !row.containsKey(column.name()));
  }

  /** Deletes partitions, static cells included. */
  void deletePartitions(Collection<Map<String, Object>> deleted) {
    for (Map<String, Object> row : deleted) {
      rows.values().removeIf(cells -> partition(cells).equals(partition(row)));
      statics.remove(partition(row));
    }
  }

  /** Deletes rows; the static cells of their partitions stay, unless they are all of a row. */
  void delete(Collection<Map<String, Object>> deleted) {
    for (Map<String, Object> row : deleted) {
      if (isStaticOnly(row)) {
        statics.remove(partition(row));
      } else {
        rows.remove(key(row));
      }
    }
  }

  /** Replaces or adds a row and sets the static cells that it names, null ones included. */
  void put(Map<String, Object> row, Collection<Column> written) {
    Map<String, Object> cells = new HashMap<>();
    for (Column column : shape.columns()) {
      Optional<Object> value = Optional.ofNullable(row.get(column.name()));
      if (column.role() != Column.Role.STATIC) {
        value.ifPresent(present -> cells.put(column.name(), present));
      } else if (written.contains(column)) {
        setStatic(partition(row), column.name(), value.orElse(null));
      }
    }
    if (!isStaticOnly(row)) {
      rows.put(key(row), cells);
    }
  }

  private void setStatic(List<Object> partition, String name, @Nullable Object value) {
    Map<String, Object> cells = statics.computeIfAbsent(partition, key -> new HashMap<>());
    if (value == null) {
      cells.remove(name);
    } else {
      cells.put(name, value);
    }
    if (cells.isEmpty()) {
      statics.remove(partition);
    }
  }

  /** Whether two of these rows have one key. */
  boolean haveOneKey(Collection<Map<String, Object>> some) {
    return some.stream().map(this::key).distinct().count() < some.size();
  }
}
