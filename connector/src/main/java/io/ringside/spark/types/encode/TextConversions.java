// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types.encode;

import io.ringside.spark.types.SparkTypes;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Texts of scalars as Spark's cast spells them, and truth out of texts. Bytes, intervals,
 * collections and structs have no single text. Pure.
 */
final class TextConversions {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT);

  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral(' ')
          .append(TIME)
          .toFormatter(Locale.ROOT);

  /** A value as text. */
  @FunctionalInterface
  interface TextGetter {
    UTF8String get(SpecializedGetters row, int ordinal);
  }

  private TextConversions() {}

  /**
   * The text of values of a Spark type, or null if it has none.
   *
   * @param zone the time zone that an instant is shown in
   */
  static @Nullable TextGetter of(DataType spark, ZoneId zone) {
    NumberWriters.LongGetter integer = NumberWriters.integer(spark, Long.BYTES);
    if (integer != null) {
      return (row, i) -> text(Long.toString(integer.get(row, i)));
    } else if (spark instanceof BooleanType) {
      return (row, i) -> text(Boolean.toString(row.getBoolean(i)));
    } else if (spark instanceof FloatType) {
      return (row, i) -> text(Float.toString(row.getFloat(i)));
    } else if (spark instanceof DoubleType) {
      return (row, i) -> text(Double.toString(row.getDouble(i)));
    } else if (spark instanceof DecimalType type) {
      return (row, i) ->
          text(
              row.getDecimal(i, type.precision(), type.scale()).toJavaBigDecimal().toPlainString());
    }
    return ofTime(spark, zone);
  }

  private static @Nullable TextGetter ofTime(DataType spark, ZoneId zone) {
    if (spark instanceof DateType) {
      return (row, i) -> text(DateTimeUtils.daysToLocalDate(row.getInt(i)).toString());
    } else if (spark instanceof TimestampType) {
      return (row, i) ->
          text(TIMESTAMP.format(DateTimeUtils.microsToInstant(row.getLong(i)).atZone(zone)));
    } else if (spark instanceof TimestampNTZType) {
      return (row, i) ->
          text(TIMESTAMP.format(DateTimeUtils.microsToLocalDateTime(row.getLong(i))));
    } else if (SparkTypes.isTime(spark)) {
      return (row, i) -> text(TIME.format(LocalTime.ofNanoOfDay(row.getLong(i))));
    }
    return null;
  }

  private static UTF8String text(String text) {
    return UTF8String.fromString(text);
  }

  /** The truth that a text tells to Spark's cast, or null if it tells none. */
  static @Nullable Boolean truth(UTF8String text) {
    return switch (text.toString().trim().toLowerCase(Locale.ROOT)) {
      case "t", "true", "y", "yes", "1" -> Boolean.TRUE;
      case "f", "false", "n", "no", "0" -> Boolean.FALSE;
      default -> null;
    };
  }
}
