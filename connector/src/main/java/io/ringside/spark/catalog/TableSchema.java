// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.catalog;

import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.types.DecimalTypes;
import io.ringside.spark.types.TypeMapping;
import java.util.Objects;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A table's columns as Spark shows them: with a comment that says the CQL type where the Spark type
 * alone would not make it again. Pure. Driver only.
 */
public final class TableSchema {
  private TableSchema() {}

  /** The schema of {@link TypeMapping}, with comments. */
  public static StructType of(TableSpec table, DecimalTypes decimals) {
    StructField[] fields = TypeMapping.schema(table, decimals).fields();
    for (int i = 0; i < fields.length; i++) {
      ColumnSpec column = Objects.requireNonNull(table.column(fields[i].name()));
      String comment = ColumnDefinition.comment(column, fields[i].dataType());
      if (comment != null) {
        fields[i] = fields[i].withComment(comment);
      }
    }
    return DataTypes.createStructType(fields);
  }
}
