// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types;

import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Hidden columns that hold a row as it was read, for statements that change rows: Spark hands them
 * back beside the new values. Each is a struct that is never null, though its clustering columns
 * are in a row of static cells alone, where Spark would refuse them as the identity of a row.
 */
public enum RowIdentity {
  /** The primary key: enough to delete a row. */
  PRIMARY_KEY("_primary_key"),
  /** All columns, to find the cells that an update changes. */
  STORED_ROW("_stored_row");

  private final String column;

  RowIdentity(String column) {
    this.column = column;
  }

  /** The name of the hidden column. */
  public String column() {
    return column;
  }

  /** What a hidden column of this name is, or null when the name is another column's. */
  public static @Nullable RowIdentity of(TableSpec table, String name) {
    for (RowIdentity identity : values()) {
      if (identity.column.equals(name) && table.column(name) == null) {
        return identity;
      }
    }
    return null;
  }

  /**
   * The column of the table that takes this name from the hidden one, or null. Spark compares names
   * without regard to case by default.
   */
  public @Nullable ColumnSpec conflict(TableSpec table) {
    for (ColumnSpec other : table.columns()) {
      if (other.name().equalsIgnoreCase(column)) {
        return other;
      }
    }
    return null;
  }

  /**
   * The Spark type of the hidden column.
   *
   * @param schema the table's Spark schema
   */
  public StructType type(TableSpec table, StructType schema) {
    List<StructField> fields = new ArrayList<>();
    for (StructField field : schema.fields()) {
      ColumnSpec stored = table.column(field.name());
      if (this == STORED_ROW || (stored != null && stored.kind().isPrimaryKey())) {
        fields.add(field);
      }
    }
    return DataTypes.createStructType(fields);
  }
}
