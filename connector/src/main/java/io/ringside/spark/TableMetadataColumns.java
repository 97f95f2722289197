// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark;

import io.ringside.spark.cql.HiddenColumn;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.types.DecimalTypes;
import io.ringside.spark.types.RowIdentity;
import io.ringside.spark.types.TypeMapping;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.connector.catalog.MetadataColumn;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * The hidden columns of a table, as Spark sees them: first those that identify the stored row that
 * Spark changes, then the metadata of rows and cells that CQL has ({@code docs/copying.md}). Driver
 * only.
 */
final class TableMetadataColumns {
  private TableMetadataColumns() {}

  /**
   * The columns; none for a virtual or local table: each node has its own rows there, no key
   * identifies one in the cluster, and none can be changed.
   */
  static MetadataColumn[] of(TableSpec table, StructType schema) {
    if (table.kind().isOfOneNode()) {
      return new MetadataColumn[0];
    }
    List<MetadataColumn> hidden = new ArrayList<>();
    for (RowIdentity identity : RowIdentity.values()) {
      hidden.add(
          new MetadataField(
              identity.column(),
              identity.type(table, schema),
              false,
              "The row as it is stored; for statements that change rows."));
    }
    for (HiddenColumn column : HiddenColumn.of(table)) {
      DataType type = TypeMapping.sparkType(column.column(), DecimalTypes.defaults());
      hidden.add(
          new MetadataField(column.column().name(), type, column.nullable(), column.comment()));
    }
    return hidden.toArray(MetadataColumn[]::new);
  }

  private record MetadataField(String name, DataType dataType, boolean isNullable, String comment)
      implements MetadataColumn {}
}
