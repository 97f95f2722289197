// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types.encode;

import io.ringside.spark.error.InvalidInputException;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;
import scala.Option;

/**
 * Dates, instants and times out of each other and out of texts, in the time zone of the write, as
 * Spark's own cast has them. Getters are null for other Spark types: a number is none of these, as
 * it does not say whether it counts seconds, milliseconds or microseconds.
 *
 * @param cql the type that is written, for errors
 * @param spark the type that is read
 * @param target what is written
 */
record TemporalConversions(
    com.datastax.oss.driver.api.core.type.DataType cql, DataType spark, WriteTarget target) {

  /** Microseconds since 1970. A date is its first moment in the time zone. */
  NumberWriters.@Nullable LongGetter instants() {
    if (spark instanceof DateType) {
      return (row, i) -> DateTimeUtils.daysToMicros(row.getInt(i), target.zone());
    } else if (TextWriters.isText(spark)) {
      return (row, i) ->
          number(
              DateTimeUtils.stringToTimestamp(row.getUTF8String(i), target.zone()),
              "is no timestamp such as 2026-01-31 12:00:00");
    }
    return null;
  }

  /** Days since 1970. An instant is of the day that it is in the time zone. */
  NumberWriters.@Nullable LongGetter days() {
    if (spark instanceof TimestampType) {
      return (row, i) -> DateTimeUtils.microsToDays(row.getLong(i), target.zone());
    } else if (spark instanceof TimestampNTZType) {
      return (row, i) -> DateTimeUtils.microsToDays(row.getLong(i), ZoneOffset.UTC);
    } else if (TextWriters.isText(spark)) {
      return (row, i) ->
          number(DateTimeUtils.stringToDate(row.getUTF8String(i)), "is no date such as 2026-01-31");
    }
    return null;
  }

  /** Nanoseconds of the day. */
  NumberWriters.@Nullable LongGetter nanosOfDay() {
    return TextWriters.isText(spark) ? (row, i) -> nanosOfDay(row.getUTF8String(i)) : null;
  }

  private long nanosOfDay(UTF8String text) {
    try {
      return LocalTime.parse(text.toString().trim()).toNanoOfDay();
    } catch (DateTimeException malformed) {
      throw unconvertible("is no time such as 12:00:00.5");
    }
  }

  private long number(Option<Object> parsed, String reason) {
    if (parsed.isEmpty()) {
      throw unconvertible(reason);
    }
    return ((Number) parsed.get()).longValue();
  }

  private InvalidInputException unconvertible(String reason) {
    return EncodeErrors.unconvertible(target.path(), cql, spark, reason);
  }
}
