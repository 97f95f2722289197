// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.predicate;

import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.types.CqlKind;
import io.ringside.spark.types.TypeMapping;
import io.ringside.spark.types.encode.CellEncoder;
import io.ringside.spark.types.encode.CellEncoders;
import io.ringside.spark.types.vector.CellIndex;
import io.ringside.spark.types.vector.CellVector;
import io.ringside.spark.types.vector.CellVectors;
import io.ringside.spark.types.vector.RowsEncoder;
import java.nio.ByteBuffer;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/**
 * The cell of a column that is equal to a value of Spark, where there is one: Spark compares texts
 * and microseconds, and Cassandra UUIDs, addresses and milliseconds. Values are Spark's internal
 * ones (UTF8String, days, microseconds). Not thread-safe; one per column and query on the driver,
 * and one per column and task on executors.
 */
public final class EqualCell {
  /** Values of keys are shorter than this in Cassandra; bytes. */
  private static final int LONGEST_KEY_VALUE = 65_535;

  private static final long MICROS_OF_MILLI = 1000;

  private final ColumnSpec column;
  private final CellEncoder encoder;
  private final @Nullable CellVector shown;
  private final GenericInternalRow row = new GenericInternalRow(1);

  /**
   * Cells of a column.
   *
   * @param sparkType what {@link TypeMapping} gives for the column
   */
  public EqualCell(ColumnSpec column, DataType sparkType) {
    this.column = column;
    this.encoder = CellEncoders.of(column, sparkType);
    boolean hasSpellings =
        sparkType.equals(DataTypes.StringType) && CqlKind.of(column.type()).sharesCells();
    this.shown = hasSpellings ? CellVectors.of(column, sparkType) : null;
  }

  /** Whether CQL keeps less of a timestamp than the value has. */
  static boolean hasSubMillis(ColumnSpec column, Object value) {
    return CqlKind.of(column.type()) == CqlKind.TIMESTAMP
        && value instanceof Long micros
        && micros % MICROS_OF_MILLI != 0;
  }

  /** Whether a cell can be in a row, by its length: Cassandra refuses others in keys. */
  public static boolean canExist(TableSpec table, ColumnSpec column, ByteBuffer cell) {
    boolean wholeKey =
        column.kind() == ColumnKind.PARTITION_KEY && table.partitionKey().size() == 1;
    return !column.kind().isPrimaryKey()
        || (cell.remaining() <= LONGEST_KEY_VALUE && (cell.hasRemaining() || !wholeKey));
  }

  /**
   * The cell that a value is equal to, or null when there is none: the type cannot hold it, or its
   * text is not as the cell's text is shown.
   */
  public @Nullable ByteBuffer of(Object value) {
    if (hasSubMillis(column, value)) {
      return null;
    }
    row.update(0, value);
    ByteBuffer cell;
    try {
      cell = encoder.encode(row, 0);
    } catch (InvalidInputException e) {
      if (e.code() == ErrorCode.INVALID_VALUE) {
        return null;
      }
      throw e;
    }
    return cell == null || !isShownAs(cell, value) ? null : cell;
  }

  private boolean isShownAs(ByteBuffer cell, Object text) {
    if (shown == null) {
      return true;
    }
    shown.reset(CellIndex.of(RowsEncoder.encode(cell)), 0);
    return text.equals(shown.getUTF8String(0));
  }
}
