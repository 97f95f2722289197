// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.model;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A kind of table under test.
 *
 * @param name of the table
 * @param columns the partition key first, then the clustering columns in their order
 * @param options of {@code CREATE TABLE}, such as {@code WITH CLUSTERING ORDER BY (c DESC)}
 * @param indexes what follows {@code CREATE} or {@code CREATE CUSTOM}, with {@code $t} for the
 *     table
 */
record Shape(String name, List<Column> columns, String options, List<String> indexes) {
  /** The statement that creates the table in a keyspace. */
  String ddl(String keyspace) {
    return "CREATE TABLE %s.%s (%s, PRIMARY KEY ((%s)%s)) %s"
        .formatted(
            keyspace,
            name,
            columns.stream()
                .map(
                    column ->
                        "%s %s%s"
                            .formatted(
                                column.name(),
                                column.type().cql(),
                                column.role() == Column.Role.STATIC ? " static" : ""))
                .collect(Collectors.joining(", ")),
            names(Column.Role.PARTITION),
            with(Column.Role.CLUSTERING).isEmpty() ? "" : ", " + names(Column.Role.CLUSTERING),
            options);
  }

  private String names(Column.Role role) {
    return with(role).stream().map(Column::name).collect(Collectors.joining(", "));
  }

  /** The columns of a role, in their order. */
  List<Column> with(Column.Role role) {
    return columns.stream().filter(column -> column.role() == role).toList();
  }

  /** The columns of the primary key. */
  List<Column> key() {
    return columns.stream().filter(Column::isKey).toList();
  }

  boolean hasStatics() {
    return !with(Column.Role.STATIC).isEmpty();
  }

  /** The values of some columns in a row. */
  static List<Object> values(Collection<Column> columns, Map<String, Object> row) {
    Function<Column, Object> value = column -> row.getOrDefault(column.name(), "null");
    return columns.stream().map(value).toList();
  }
}
