// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark;

import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.UnsupportedException;
import java.util.Map;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.StagedTable;
import org.apache.spark.sql.connector.catalog.StagingTableCatalog;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.types.StructType;

/**
 * What a catalog of Cassandra refuses: to rename and to replace tables, and what Spark no longer
 * asks for. A staging catalog for one reason: of any other, Spark replaces a table by dropping it
 * first. Driver only.
 */
abstract class RefusingCatalog implements StagingTableCatalog {
  /** Never called: Spark hands over columns. */
  @Override
  @Deprecated
  public Table createTable(
      Identifier identifier,
      StructType schema,
      Transform[] partitions,
      Map<String, String> properties) {
    throw columnsExpected(identifier);
  }

  private static UnsupportedException columnsExpected(Identifier identifier) {
    return new UnsupportedException(
        ErrorCode.UNSUPPORTED_OPERATION,
        "Cannot create table %s: it is described by a schema. Describe it by columns."
            .formatted(identifier));
  }

  /** Never called: Spark hands over columns. */
  @Override
  @Deprecated
  public StagedTable stageCreate(
      Identifier identifier,
      StructType schema,
      Transform[] partitions,
      Map<String, String> properties) {
    throw columnsExpected(identifier);
  }

  /** Refused: Cassandra cannot replace a table, and dropping it first may lose it. */
  @Override
  @Deprecated
  public StagedTable stageReplace(
      Identifier identifier,
      StructType schema,
      Transform[] partitions,
      Map<String, String> properties) {
    throw cannotReplace(identifier);
  }

  /** Refused: Cassandra cannot replace a table, and dropping it first may lose it. */
  @Override
  @Deprecated
  public StagedTable stageCreateOrReplace(
      Identifier identifier,
      StructType schema,
      Transform[] partitions,
      Map<String, String> properties) {
    throw cannotReplace(identifier);
  }

  /** Refused: Cassandra cannot replace a table, and dropping it first may lose it. */
  @Override
  public StagedTable stageReplace(
      Identifier identifier,
      Column[] columns,
      Transform[] partitions,
      Map<String, String> properties) {
    throw cannotReplace(identifier);
  }

  static UnsupportedException cannotReplace(Identifier identifier) {
    return new UnsupportedException(
        ErrorCode.UNSUPPORTED_OPERATION,
        ("Cannot replace table %s: Cassandra cannot do so at once, and dropping it first may lose"
                + " it. Drop it and create it, or delete its rows.")
            .formatted(identifier));
  }

  /** Refused: Cassandra has no such statement. */
  @Override
  public void renameTable(Identifier oldName, Identifier newName) {
    throw new UnsupportedException(
        ErrorCode.UNSUPPORTED_OPERATION,
        "Cannot rename table %s: Cassandra has no such statement. Make a new table and copy the rows."
            .formatted(oldName));
  }
}
