// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.schema;

import com.datastax.oss.driver.api.core.type.DataTypes;
import java.io.Serializable;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A table as Cassandra describes it, columns in the server's order: partition key, clustering
 * columns, then the rest. Immutable; made on the driver and sent to executors.
 *
 * @param keyspace the keyspace's name exactly as stored
 * @param table the table's name exactly as stored
 * @param id the table's id, changed by drop and create; null for a virtual table
 * @param indexes those on values of columns, whatever they make of comparisons
 * @param features which metadata of cells the table's servers can return
 */
public record TableSpec(
    String keyspace,
    String table,
    @Nullable UUID id,
    TableKind kind,
    List<ColumnSpec> columns,
    List<IndexSpec> indexes,
    ServerFeatures features)
    implements Serializable {

  /** Copies the lists. */
  public TableSpec {
    columns = List.copyOf(columns);
    indexes = List.copyOf(indexes);
  }

  /** A table whose servers return values only. */
  public TableSpec(
      String keyspace,
      String table,
      @Nullable UUID id,
      TableKind kind,
      List<ColumnSpec> columns,
      List<IndexSpec> indexes) {
    this(keyspace, table, id, kind, columns, indexes, ServerFeatures.NONE);
  }

  /** As above, and without indexes. */
  public TableSpec(
      String keyspace, String table, @Nullable UUID id, TableKind kind, List<ColumnSpec> columns) {
    this(keyspace, table, id, kind, columns, List.of());
  }

  /** Partition key columns in key order. */
  public List<ColumnSpec> partitionKey() {
    return ofKind(ColumnKind.PARTITION_KEY);
  }

  /** Clustering columns in key order; empty for a table of single rows. */
  public List<ColumnSpec> clusteringColumns() {
    return ofKind(ColumnKind.CLUSTERING);
  }

  /** The column of this exact name, or null. */
  public @Nullable ColumnSpec column(String name) {
    for (ColumnSpec column : columns) {
      if (column.name().equals(name)) {
        return column;
      }
    }
    return null;
  }

  /** Whether its columns besides the key are counters, whose write times are the server's. */
  public boolean hasCounters() {
    return columns.stream().anyMatch(column -> column.type().equals(DataTypes.COUNTER));
  }

  /** {@code keyspace.table} for messages, unquoted. */
  public String displayName() {
    return keyspace + '.' + table;
  }

  private List<ColumnSpec> ofKind(ColumnKind kind) {
    return columns.stream().filter(column -> column.kind() == kind).toList();
  }
}
