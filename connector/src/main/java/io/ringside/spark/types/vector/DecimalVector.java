// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types.vector;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.jspecify.annotations.Nullable;

/**
 * View over {@code decimal} cells (scale, then unscaled two's complement) and {@code varint} cells
 * (two's complement alone). A value that the column's Spark type cannot hold exactly is an error.
 */
final class DecimalVector extends CellVector {
  /** Spark keeps unscaled values below this as a long. */
  private static final long LONG_BOUND = 1_000_000_000_000_000_000L;

  private static final long[] POWERS = powers();

  private final String column;
  private final int header;
  private final DecimalType target;

  private DecimalVector(DecimalType type, String path, String column, int header) {
    super(type, path, 1);
    this.target = type;
    this.column = column;
    this.header = header;
  }

  static DecimalVector ofDecimal(DecimalType type, String path, String column) {
    return new DecimalVector(type, path, column, Integer.BYTES);
  }

  static DecimalVector ofVarint(DecimalType type, String path, String column) {
    return new DecimalVector(type, path, column, 0);
  }

  @Override
  public @Nullable Decimal getDecimal(int rowId, int precision, int scale) {
    int size = size(rowId);
    if (size <= 0) {
      return null;
    }
    int digits = size - header;
    if (digits <= 0) {
      throw VectorErrors.malformed(path(), size, "at least " + (header + 1) + " are needed");
    }
    int start = start(rowId);
    int cellScale = header == 0 ? 0 : intAt(start);
    if (digits <= Long.BYTES) {
      return exact(small(start + header, digits), cellScale);
    }
    byte[] unscaled = Arrays.copyOfRange(bytes(), start + header, start + size);
    return exact(new BigDecimal(new BigInteger(unscaled), cellScale));
  }

  /** Sign-extends 1 to 8 big-endian bytes. */
  private long small(int start, int size) {
    long value = byteAt(start);
    for (int i = 1; i < size; i++) {
      value = (value << Byte.SIZE) | (byteAt(start + i) & 0xff);
    }
    return value;
  }

  /** Rescales within 64 bits where that is possible. */
  private Decimal exact(long unscaled, int cellScale) {
    if (unscaled == 0) {
      return Decimal.createUnsafe(0, target.precision(), target.scale());
    }
    long shift = (long) target.scale() - cellScale;
    if (Math.abs(shift) < POWERS.length && unscaled > -LONG_BOUND && unscaled < LONG_BOUND) {
      long power = POWERS[(int) Math.abs(shift)];
      long scaled;
      if (shift >= 0) {
        scaled = Math.abs(unscaled) < LONG_BOUND / power ? unscaled * power : 0;
      } else {
        scaled = unscaled % power == 0 ? unscaled / power : 0;
      }
      if (scaled != 0) {
        return checked(scaled);
      }
    }
    return exact(BigDecimal.valueOf(unscaled, cellScale));
  }

  private Decimal checked(long scaled) {
    int precision = target.precision();
    if (precision < POWERS.length && Math.abs(scaled) >= POWERS[precision]) {
      throw VectorErrors.inexact(path(), column, target);
    }
    return Decimal.createUnsafe(scaled, precision, target.scale());
  }

  /**
   * Bounds are compared first: a scale of billions must not make a number of billions of digits.
   */
  private Decimal exact(BigDecimal value) {
    if (value.signum() == 0) {
      return Decimal.createUnsafe(0, target.precision(), target.scale());
    }
    long whole = (long) value.precision() - value.scale();
    long dropped = (long) value.scale() - target.scale();
    if (whole > target.precision() - target.scale() || dropped >= value.precision()) {
      throw VectorErrors.inexact(path(), column, target);
    }
    try {
      return Decimal.apply(value.setScale(target.scale()), target.precision(), target.scale());
    } catch (ArithmeticException roundingNeeded) {
      throw VectorErrors.inexact(path(), column, target);
    }
  }

  /** 10^0 to 10^18. */
  private static long[] powers() {
    long[] powers = new long[19];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] * 10;
    }
    return powers;
  }
}
