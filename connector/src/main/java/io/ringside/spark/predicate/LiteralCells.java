// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.predicate;

import io.ringside.spark.cql.CqlValue;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.types.CqlKind;
import java.nio.ByteBuffer;

/**
 * Where CQL compares values as Spark does, and the cells to compare with. Literals are Spark's
 * internal values (UTF8String, days, microseconds). Driver only.
 */
public final class LiteralCells {
  private LiteralCells() {}

  /** Whether a cell may be without bytes, and so null for Spark, though Cassandra has it. */
  static boolean mayBeEmpty(TableSpec table, ColumnSpec column) {
    boolean wholeKey =
        column.kind() == ColumnKind.PARTITION_KEY && table.partitionKey().size() == 1;
    return !wholeKey && CqlKind.of(column.type()).mayBeEmpty();
  }

  /**
   * Whether a literal compares alike: neither NaN, which has many bit patterns, nor a zero of
   * floating point, which Spark takes as equal to its negative and Cassandra does not.
   */
  public static boolean isExact(Object literal) {
    double number =
        literal instanceof Float || literal instanceof Double
            ? ((Number) literal).doubleValue()
            : 1;
    return !Double.isNaN(number) && number != 0;
  }

  /**
   * The least cell above those without bytes, which Cassandra sorts before all values. For types of
   * any length that is the empty cell itself, and excluded.
   */
  static Floor floor(ColumnSpec column) {
    return switch (CqlKind.of(column.type())) {
      case BOOLEAN -> Floor.inclusive(ByteBuffer.wrap(new byte[] {0}));
      case INT -> Floor.inclusive(ByteBuffer.allocate(4).putInt(0, Integer.MIN_VALUE));
      case BIGINT, TIMESTAMP -> Floor.inclusive(ByteBuffer.allocate(8).putLong(0, Long.MIN_VALUE));
      case FLOAT -> Floor.inclusive(ByteBuffer.allocate(4).putFloat(0, Float.NEGATIVE_INFINITY));
      case DOUBLE -> Floor.inclusive(ByteBuffer.allocate(8).putDouble(0, Double.NEGATIVE_INFINITY));
      case ASCII, TEXT, BLOB, VARINT, DECIMAL, UUID, TIMEUUID, INET -> Floor.ABOVE_EMPTY;
      case TINYINT, SMALLINT, COUNTER, DATE, TIME, DURATION -> Floor.ABOVE_EMPTY;
      case LIST, SET, MAP, TUPLE, UDT, VECTOR, UNSUPPORTED -> Floor.ABOVE_EMPTY;
    };
  }

  /** A lower bound. */
  record Floor(CqlValue value, boolean included) {
    private static final Floor ABOVE_EMPTY = new Floor(new CqlValue(ByteBuffer.allocate(0)), false);

    private static Floor inclusive(ByteBuffer cell) {
      return new Floor(new CqlValue(cell), true);
    }
  }
}
