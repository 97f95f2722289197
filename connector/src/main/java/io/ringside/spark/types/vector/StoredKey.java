// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types.vector;

import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.types.CqlKind;

/**
 * A key column of rows that a statement changes. The bytes of the key in Cassandra must follow from
 * what Spark shows of it; otherwise the statement would change another row. One per task.
 */
public final class StoredKey {
  private final ColumnSpec column;
  private final CqlKind kind;
  private final CellVector cells;

  /**
   * A view of a key column.
   *
   * @param cells the column's cells, reset by their owner
   */
  public StoredKey(ColumnSpec column, CellVector cells) {
    this.column = column;
    this.kind = CqlKind.of(column.type());
    this.cells = cells;
  }

  /**
   * Refuses a row whose key cannot be written again from its value. Clustering columns are compared
   * as values in Cassandra, so of them only cells without bytes are refused; a null one is of a row
   * of static cells alone.
   *
   * @throws InvalidInputException INVALID_VALUE
   */
  void check(int row) {
    int size = cells.size(row);
    if (size == 0 && kind.mayBeEmpty()) {
      throw cannotChange("is stored without bytes, which Spark sees as null");
    } else if (size > 0 && column.kind() == ColumnKind.PARTITION_KEY && !isUsual(row, size)) {
      throw cannotChange("is stored in other bytes than those that are written for its value");
    }
  }

  private boolean isUsual(int row, int size) {
    int start = cells.start(row);
    return switch (kind) {
      case BOOLEAN -> (cells.byteAt(start) & ~1) == 0;
      case FLOAT -> size != Float.BYTES || isUsual(cells.intAt(start));
      case DOUBLE -> size != Double.BYTES || isUsual(cells.longAt(start));
      case VARINT -> size == 1 || cells.byteAt(start) != (byte) (cells.byteAt(start + 1) >> 7);
      case ASCII, TEXT, BLOB, TINYINT, SMALLINT, INT, BIGINT, COUNTER, DECIMAL -> true;
      case TIMESTAMP, DATE, TIME, DURATION, UUID, TIMEUUID, INET -> true;
      case LIST, SET, MAP, TUPLE, UDT, VECTOR, UNSUPPORTED -> true;
    };
  }

  private static boolean isUsual(int bits) {
    return !Float.isNaN(Float.intBitsToFloat(bits)) || bits == Float.floatToIntBits(Float.NaN);
  }

  private static boolean isUsual(long bits) {
    return !Double.isNaN(Double.longBitsToDouble(bits))
        || bits == Double.doubleToLongBits(Double.NaN);
  }

  private InvalidInputException cannotChange(String how) {
    return new InvalidInputException(
        ErrorCode.INVALID_VALUE,
        "Cannot change a row: its key column '%s' %s. Leave such rows out of the statement, or change them in CQL."
            .formatted(column.name(), how));
  }
}
