// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import com.datastax.oss.driver.api.core.cql.Row;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What Cassandra's own schema tables say of the shared Cassandra. */
final class SchemaTables {
  private SchemaTables() {}

  /** The row of a table; null when there is none. */
  static Row table(String keyspace, String name) {
    return Cassandra.cql(
            "SELECT * FROM system_schema.tables WHERE keyspace_name = ? AND table_name = ?",
            keyspace,
            name)
        .one();
  }

  /** Each column as {@code name type kind position order}, by name. */
  static List<String> columns(String keyspace, String table) {
    return Cassandra.cql(
            "SELECT * FROM system_schema.columns WHERE keyspace_name = ? AND table_name = ?",
            keyspace,
            table)
        .all()
        .stream()
        .map(
            row ->
                "%s %s %s %d %s"
                    .formatted(
                        row.getString("column_name"),
                        row.getString("type"),
                        row.getString("kind"),
                        row.getInt("position"),
                        row.getString("clustering_order")))
        .toList();
  }

  /** Everything that the schema table says of a table but what differs between equal ones. */
  static Map<String, String> options(String keyspace, String table) {
    Row row = Objects.requireNonNull(table(keyspace, table));
    Map<String, String> options = new LinkedHashMap<>();
    row.getColumnDefinitions()
        .forEach(
            column -> {
              String name = column.getName().asInternal();
              if (!List.of("keyspace_name", "table_name", "id").contains(name)) {
                options.put(name, String.valueOf(row.getObject(name)));
              }
            });
    return options;
  }
}
