// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types.encode;

import io.ringside.spark.error.InvalidInputException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Numbers out of numbers and texts, by value: whole numbers stay exact and within their range;
 * floating point is the nearest that there is, and finite if what it is made of is. Texts are read
 * as Spark's ANSI cast reads them. Getters are null where a Spark type is no number and no text.
 *
 * @param cql the type that is written, for errors
 * @param spark the type that is read
 * @param target what is written, for errors
 */
record NumberConversions(
    com.datastax.oss.driver.api.core.type.DataType cql, DataType spark, WriteTarget target) {

  /**
   * More digits than this before or after the point are a mistake: as many zeros would be written.
   */
  private static final int MOST_DIGITS = 10_000;

  /** A value as a whole number of any size. */
  @FunctionalInterface
  interface WholeGetter {
    BigInteger get(SpecializedGetters row, int ordinal);
  }

  /** A value as a decimal of any size. */
  @FunctionalInterface
  interface DecimalGetter {
    BigDecimal get(SpecializedGetters row, int ordinal);
  }

  /** A value as the nearest double or float. */
  @FunctionalInterface
  interface DoubleGetter {
    double get(SpecializedGetters row, int ordinal);
  }

  /**
   * Whole numbers of at most 64 bits.
   *
   * @param least the least that fits, inclusive
   * @param greatest the greatest that fits, inclusive
   */
  NumberWriters.@Nullable LongGetter wholes(long least, long greatest) {
    NumberWriters.LongGetter any = wholes();
    if (any == null) {
      return null;
    }
    return (row, i) -> {
      long value = any.get(row, i);
      if (value < least || value > greatest) {
        throw outside("is outside " + least + " to " + greatest);
      }
      return value;
    };
  }

  /** Whole numbers of 64 bits. */
  NumberWriters.@Nullable LongGetter wholes() {
    NumberWriters.LongGetter integer = NumberWriters.integer(spark, Long.BYTES);
    if (integer != null) {
      return integer;
    } else if (TextWriters.isText(spark)) {
      return (row, i) -> wholeOf(row.getUTF8String(i));
    }
    WholeGetter whole = wholesOfAnySize();
    return whole == null ? null : (row, i) -> longOf(whole.get(row, i));
  }

  private long wholeOf(UTF8String text) {
    try {
      return text.toLongExact();
    } catch (NumberFormatException malformed) {
      throw outside("is no whole number of 64 bits");
    }
  }

  private long longOf(BigInteger value) {
    if (value.bitLength() >= Long.SIZE) {
      throw outside("is beyond 64 bits");
    }
    return value.longValue();
  }

  /** Whole numbers of any size: all digits of floating point too, not those that Spark shows. */
  @Nullable WholeGetter wholesOfAnySize() {
    if (spark instanceof FloatType || spark instanceof DoubleType) {
      DoubleGetter any =
          spark instanceof FloatType ? SpecializedGetters::getFloat : SpecializedGetters::getDouble;
      return (row, i) -> whole(finite(any.get(row, i)));
    }
    DecimalGetter exact = decimals();
    return exact == null ? null : (row, i) -> whole(exact.get(row, i));
  }

  private BigDecimal finite(double value) {
    if (!Double.isFinite(value)) {
      throw outside("is not finite");
    }
    return new BigDecimal(value);
  }

  /** A decimal without its fraction, which must be zero. */
  private BigInteger whole(BigDecimal value) {
    try {
      return value.toBigIntegerExact();
    } catch (ArithmeticException fraction) {
      throw outside("has a fraction");
    }
  }

  /** The nearest doubles; whole numbers must be exact, as they might be keys of something. */
  @Nullable DoubleGetter doubles() {
    NumberWriters.LongGetter integer = NumberWriters.integer(spark, Long.BYTES);
    if (integer != null) {
      return (row, i) -> {
        long value = integer.get(row, i);
        return exact(value, (double) value, "a double");
      };
    } else if (spark instanceof DecimalType type) {
      return (row, i) ->
          row.getDecimal(i, type.precision(), type.scale()).toJavaBigDecimal().doubleValue();
    } else if (TextWriters.isText(spark)) {
      return (row, i) -> parsed(row.getUTF8String(i), Double::parseDouble, "a double");
    }
    return null;
  }

  /** The nearest floats; whole numbers must be exact. */
  @Nullable DoubleGetter floats() {
    NumberWriters.LongGetter integer = NumberWriters.integer(spark, Long.BYTES);
    if (integer != null) {
      return (row, i) -> {
        long value = integer.get(row, i);
        return exact(value, (float) value, "a float");
      };
    } else if (spark instanceof DoubleType) {
      return (row, i) -> floatOf(row.getDouble(i));
    } else if (spark instanceof DecimalType type) {
      return (row, i) ->
          row.getDecimal(i, type.precision(), type.scale()).toJavaBigDecimal().floatValue();
    } else if (TextWriters.isText(spark)) {
      return (row, i) -> parsed(row.getUTF8String(i), Float::parseFloat, "a float");
    }
    return null;
  }

  private double exact(long value, double nearest, String type) {
    if (nearest == 0x1p63 || (long) nearest != value) {
      throw outside("has more digits than " + type + " keeps");
    }
    return nearest;
  }

  private float floatOf(double value) {
    float nearest = (float) value;
    if (Float.isInfinite(nearest) && !Double.isInfinite(value)) {
      throw outside("is too great for a float");
    }
    return nearest;
  }

  /**
   * The number that a text spells.
   *
   * @param parser gives the nearest number of the type, as a text must be rounded once
   */
  private double parsed(UTF8String text, ToDoubleFunction<String> parser, String type) {
    String digits = text.toString().trim();
    double special = special(digits);
    if (special != 0) {
      return special;
    }
    double value;
    try {
      value = parser.applyAsDouble(digits);
    } catch (NumberFormatException malformed) {
      throw outside("is no number");
    }
    if (Double.isInfinite(value)) {
      throw outside("is too great for " + type);
    }
    return value;
  }

  /** The value of a name of infinity or of no number, in any case, as Spark's cast; else 0. */
  private static double special(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> 0;
    };
  }

  /** Exact decimals; of floating point, the shortest that is nearest to it, as Spark shows it. */
  @Nullable DecimalGetter decimals() {
    if (spark instanceof DecimalType type) {
      return (row, i) -> row.getDecimal(i, type.precision(), type.scale()).toJavaBigDecimal();
    } else if (spark instanceof FloatType) {
      return (row, i) -> finite(Float.toString(row.getFloat(i)));
    } else if (spark instanceof DoubleType) {
      return (row, i) -> finite(Double.toString(row.getDouble(i)));
    } else if (TextWriters.isText(spark)) {
      return (row, i) -> decimalOf(row.getUTF8String(i).toString().trim());
    }
    return null;
  }

  private BigDecimal finite(String digits) {
    try {
      BigDecimal value = new BigDecimal(digits);
      return value.scale() < 0 ? value.setScale(0) : value;
    } catch (NumberFormatException notFinite) {
      throw outside("is not finite");
    }
  }

  private BigDecimal decimalOf(String digits) {
    try {
      BigDecimal value = new BigDecimal(digits);
      if (Math.abs((long) value.scale()) <= MOST_DIGITS) {
        return value;
      }
    } catch (NumberFormatException malformed) {
      throw outside("is no number");
    }
    throw outside("has more than " + MOST_DIGITS + " digits");
  }

  private InvalidInputException outside(String reason) {
    return EncodeErrors.unconvertible(target.path(), cql, spark, reason);
  }
}
