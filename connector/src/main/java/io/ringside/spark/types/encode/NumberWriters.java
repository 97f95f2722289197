// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types.encode;

import java.math.BigDecimal;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.jspecify.annotations.Nullable;

/**
 * Writers of numbers and booleans, from the same type or one that fits without loss; null for other
 * types.
 */
final class NumberWriters {
  /** A Spark integer of up to 64 bits as a long. */
  @FunctionalInterface
  interface LongGetter {
    long get(SpecializedGetters row, int ordinal);
  }

  private NumberWriters() {}

  /**
   * The getter of a Spark integer that is at most {@code widest} bytes wide, or null for other
   * types.
   */
  static @Nullable LongGetter integer(DataType spark, int widest) {
    if (spark instanceof ByteType) {
      return SpecializedGetters::getByte;
    } else if (spark instanceof ShortType && widest >= Short.BYTES) {
      return SpecializedGetters::getShort;
    } else if (spark instanceof IntegerType && widest >= Integer.BYTES) {
      return SpecializedGetters::getInt;
    } else if (spark instanceof LongType && widest >= Long.BYTES) {
      return SpecializedGetters::getLong;
    }
    return null;
  }

  static @Nullable ValueWriter ofByte(DataType spark) {
    return bytes(integer(spark, Byte.BYTES));
  }

  static @Nullable ValueWriter ofShort(DataType spark) {
    return shorts(integer(spark, Short.BYTES));
  }

  static @Nullable ValueWriter ofInt(DataType spark) {
    return ints(integer(spark, Integer.BYTES));
  }

  static @Nullable ValueWriter ofLong(DataType spark) {
    return longs(integer(spark, Long.BYTES));
  }

  /** A writer of values that fit a byte; null for null, as the other three. */
  static @Nullable ValueWriter bytes(@Nullable LongGetter from) {
    return from == null ? null : (row, i, out) -> out.writeByte((int) from.get(row, i));
  }

  static @Nullable ValueWriter shorts(@Nullable LongGetter from) {
    return from == null ? null : (row, i, out) -> out.writeShort((int) from.get(row, i));
  }

  static @Nullable ValueWriter ints(@Nullable LongGetter from) {
    return from == null ? null : (row, i, out) -> out.writeInt((int) from.get(row, i));
  }

  static @Nullable ValueWriter longs(@Nullable LongGetter from) {
    return from == null ? null : (row, i, out) -> out.writeLong(from.get(row, i));
  }

  static @Nullable ValueWriter ofBoolean(DataType spark) {
    return spark instanceof BooleanType
        ? (row, i, out) -> out.writeByte(row.getBoolean(i) ? 1 : 0)
        : null;
  }

  /** A float holds every integer of 16 bits. */
  static @Nullable ValueWriter ofFloat(DataType spark) {
    if (spark instanceof FloatType) {
      return (row, i, out) -> out.writeInt(Float.floatToRawIntBits(row.getFloat(i)));
    }
    LongGetter from = integer(spark, Short.BYTES);
    return from == null
        ? null
        : (row, i, out) -> out.writeInt(Float.floatToRawIntBits((float) from.get(row, i)));
  }

  /** A double holds every integer of 32 bits. */
  static @Nullable ValueWriter ofDouble(DataType spark) {
    if (spark instanceof DoubleType) {
      return (row, i, out) -> out.writeLong(Double.doubleToRawLongBits(row.getDouble(i)));
    } else if (spark instanceof FloatType) {
      return (row, i, out) -> out.writeLong(Double.doubleToRawLongBits(row.getFloat(i)));
    }
    LongGetter from = integer(spark, Integer.BYTES);
    return from == null
        ? null
        : (row, i, out) -> out.writeLong(Double.doubleToRawLongBits((double) from.get(row, i)));
  }

  static @Nullable ValueWriter ofVarint(DataType spark) {
    if (spark instanceof DecimalType decimal) {
      return decimal.scale() == 0
          ? (row, i, out) -> unscaled(row.getDecimal(i, decimal.precision(), 0), out)
          : null;
    }
    LongGetter from = integer(spark, Long.BYTES);
    return from == null ? null : (row, i, out) -> out.writeVarint(from.get(row, i));
  }

  /** Keeps the scale that Spark has: 1.50 of decimal(5,2) stays 1.50. */
  static @Nullable ValueWriter ofDecimal(DataType spark) {
    if (spark instanceof DecimalType decimal) {
      return (row, i, out) -> {
        Decimal value = row.getDecimal(i, decimal.precision(), decimal.scale());
        out.writeInt(value.scale());
        unscaled(value, out);
      };
    }
    LongGetter from = integer(spark, Long.BYTES);
    return from == null
        ? null
        : (row, i, out) -> {
          out.writeInt(0);
          out.writeVarint(from.get(row, i));
        };
  }

  private static void unscaled(Decimal value, CellOutput out) {
    if (value.precision() <= 18) {
      out.writeVarint(value.toUnscaledLong());
      return;
    }
    BigDecimal exact = value.toJavaBigDecimal();
    out.writeBytes(exact.unscaledValue().toByteArray());
  }
}
