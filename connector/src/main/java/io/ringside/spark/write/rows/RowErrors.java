// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.rows;

import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Why a row cannot be written to a table, in words. On executors. */
public record RowErrors(TableSpec table) {

  /**
   * A row has no value for a part of its key.
   *
   * @param field name of the column in the data
   */
  public InvalidInputException nullKey(String field) {
    return cannotWrite(
        "column '%s' is part of the primary key but null in a row".formatted(field),
        "Filter such rows out, or give the column a value");
  }

  /** A row has regular columns and no clustering columns. */
  public InvalidInputException nullClustering() {
    return cannotWrite(
        "the clustering columns are null in a row that sets more than static columns",
        "Give them values, or leave the other columns null");
  }

  /**
   * Adds the key of its row to the error of a value, so that the row can be found.
   *
   * @param input the Spark schema of the row
   */
  public InvalidInputException ofRow(
      InvalidInputException error, StructType input, InternalRow row) {
    List<String> key = new ArrayList<>();
    for (int i = 0; i < input.fields().length; i++) {
      StructField field = input.fields()[i];
      ColumnSpec column = table.column(field.name());
      if (column != null && column.kind().isPrimaryKey()) {
        key.add(field.name() + '=' + text(row, i, field.dataType()));
      }
    }
    return new InvalidInputException(
        error.code(),
        "%s The row has the key %s.".formatted(error.sentence(), String.join(", ", key)),
        error);
  }

  /** A value as Spark shows it. */
  private static String text(InternalRow row, int ordinal, DataType type) {
    if (row.isNullAt(ordinal)) {
      return "null";
    }
    Object value = CatalystTypeConverters.convertToScala(row.get(ordinal, type), type);
    return value instanceof byte[] bytes
        ? "0x" + HexFormat.of().formatHex(bytes)
        : String.valueOf(value);
  }

  private InvalidInputException cannotWrite(String reason, String advice) {
    return new InvalidInputException(
        ErrorCode.INVALID_VALUE,
        "Cannot write to %s: %s. %s.".formatted(table.displayName(), reason, advice));
  }
}
