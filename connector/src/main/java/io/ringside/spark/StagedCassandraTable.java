// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark;

import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.StagedTable;
import org.apache.spark.sql.connector.catalog.SupportsWrite;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.write.LogicalWriteInfo;
import org.apache.spark.sql.connector.write.SupportsTruncate;
import org.apache.spark.sql.connector.write.Write;
import org.apache.spark.sql.connector.write.WriteBuilder;
import org.apache.spark.sql.types.StructType;

/**
 * A table that was made for a query, and is dropped again if the query fails. Spark fills it by
 * position; it takes the query's columns by their names, since Cassandra's order is another. Driver
 * only.
 */
final class StagedCassandraTable implements StagedTable, SupportsWrite {
  private final CassandraTable table;
  private final Runnable undo;

  /**
   * A table that exists already.
   *
   * @param table one that takes columns by name
   * @param undo drops it
   */
  StagedCassandraTable(CassandraTable table, Runnable undo) {
    this.table = table;
    this.undo = undo;
  }

  @Override
  public String name() {
    return table.name();
  }

  @Override
  @SuppressWarnings("deprecation") // Its successor, columns(), calls it.
  public StructType schema() {
    return table.schema();
  }

  @Override
  public Transform[] partitioning() {
    return table.partitioning();
  }

  @Override
  public Map<String, String> properties() {
    return table.properties();
  }

  @Override
  public Set<TableCapability> capabilities() {
    return table.capabilities();
  }

  @Override
  public WriteBuilder newWriteBuilder(LogicalWriteInfo info) {
    return new FirstRows(table.newWriteBuilder(info));
  }

  /**
   * Spark replaces a table by an overwrite, even one that it has just created: there are no rows to
   * remove then.
   */
  private record FirstRows(WriteBuilder rows) implements SupportsTruncate {
    @Override
    public WriteBuilder truncate() {
      return rows;
    }

    @Override
    public Write build() {
      return rows.build();
    }
  }

  /** Nothing is left to do: the rows are written. */
  @Override
  public void commitStagedChanges() {}

  @Override
  public void abortStagedChanges() {
    undo.run();
  }
}
