// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types.encode;

import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.types.SparkTypes;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.jspecify.annotations.Nullable;

/** Writers of {@code timestamp}, {@code date} and {@code time}; null for types that do not fit. */
final class TemporalWriters {
  private static final long MICROS_PER_MILLI = 1000;
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final int NANOS_PER_MICRO = 1000;
  private static final long NANOS_PER_DAY = 86_400_000_000_000L;

  private TemporalWriters() {}

  /** Cassandra keeps milliseconds: microseconds are cut towards the past, as every client does. */
  static @Nullable ValueWriter ofTimestamp(DataType spark, WriteTarget target) {
    if (spark instanceof TimestampType) {
      return (row, i, out) -> out.writeLong(millis(row.getLong(i), target.path()));
    } else if (spark instanceof TimestampNTZType) {
      return (row, i, out) ->
          out.writeLong(millis(instant(row.getLong(i), target.zone()), target.path()));
    }
    return null;
  }

  /**
   * The instant of a local time, as Spark's own cast has it: a time that the zone's clocks skip is
   * later by what they skip, one that they show twice is the first of the two.
   */
  private static long instant(long localMicros, ZoneId zone) {
    long seconds = Math.floorDiv(localMicros, MICROS_PER_SECOND);
    int nanos = (int) Math.floorMod(localMicros, MICROS_PER_SECOND) * NANOS_PER_MICRO;
    LocalDateTime local = LocalDateTime.ofEpochSecond(seconds, nanos, ZoneOffset.UTC);
    Instant instant = local.atZone(zone).toInstant();
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), MICROS_PER_SECOND),
        instant.getNano() / NANOS_PER_MICRO);
  }

  /** The millisecond of a microsecond, cut towards the past. */
  static long millis(long micros, String path) {
    long millis = Math.floorDiv(micros, MICROS_PER_MILLI);
    if (millis < Long.MIN_VALUE / MICROS_PER_MILLI) {
      throw EncodeErrors.invalid(
          path,
          "a timestamp is so early that its millisecond begins before the first one that Spark has,"
              + " and could not be read again",
          "Correct the value or use null");
    }
    return millis;
  }

  static @Nullable ValueWriter ofDate(DataType spark) {
    return spark instanceof DateType
        ? (row, i, out) -> out.writeInt(row.getInt(i) ^ Integer.MIN_VALUE)
        : null;
  }

  static @Nullable ValueWriter ofTime(DataType spark, String path) {
    NumberWriters.LongGetter from =
        SparkTypes.isTime(spark)
            ? SpecializedGetters::getLong
            : NumberWriters.integer(spark, Long.BYTES);
    if (from == null) {
      return null;
    }
    return (row, i, out) -> {
      long nanos = from.get(row, i);
      if (nanos < 0 || nanos >= NANOS_PER_DAY) {
        throw notInDay(path);
      }
      out.writeLong(nanos);
    };
  }

  private static InvalidInputException notInDay(String path) {
    return EncodeErrors.invalid(
        path,
        "a time is outside 0 to 86399999999999 nanoseconds of the day",
        "Correct the value or use null");
  }
}
