// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types.encode;

import com.datastax.oss.driver.api.core.data.CqlDuration;
import java.time.DateTimeException;
import org.apache.spark.sql.types.CalendarIntervalType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.YearMonthIntervalType;
import org.apache.spark.unsafe.types.CalendarInterval;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Writers of {@code duration}: months, days and nanoseconds that are never of different signs. From
 * texts and from Spark's intervals; null for other types.
 */
final class DurationWriters {
  private static final long MICROS_PER_DAY = 86_400_000_000L;
  private static final long NANOS_PER_MICRO = 1000;

  private DurationWriters() {}

  static @Nullable ValueWriter of(DataType spark, String path) {
    if (spark instanceof YearMonthIntervalType) {
      return (row, i, out) -> write(row.getInt(i), 0, 0, out, path);
    } else if (spark instanceof DayTimeIntervalType) {
      return (row, i, out) -> {
        long micros = row.getLong(i);
        write(0, micros / MICROS_PER_DAY, micros % MICROS_PER_DAY, out, path);
      };
    } else if (spark instanceof CalendarIntervalType) {
      return (row, i, out) -> {
        CalendarInterval interval = row.getInterval(i);
        write(interval.months, interval.days, interval.microseconds, out, path);
      };
    } else if (TextWriters.isText(spark)) {
      return (row, i, out) -> writeText(row.getUTF8String(i), out, path);
    }
    return null;
  }

  private static void write(long months, long days, long micros, CellOutput out, String path) {
    boolean anyNegative = months < 0 || days < 0 || micros < 0;
    boolean anyPositive = months > 0 || days > 0 || micros > 0;
    if (anyNegative && anyPositive) {
      throw EncodeErrors.invalid(
          path,
          "an interval has parts of different signs, which a CQL duration cannot have",
          "Correct the value or use null");
    }
    out.writeVInt(months);
    out.writeVInt(days);
    out.writeVInt(nanos(micros, path));
  }

  private static long nanos(long micros, String path) {
    try {
      return Math.multiplyExact(micros, NANOS_PER_MICRO);
    } catch (ArithmeticException overflow) {
      throw EncodeErrors.invalid(
          path,
          "an interval has more nanoseconds than 64 bits hold",
          "Give it days instead, or use null");
    }
  }

  private static void writeText(UTF8String text, CellOutput out, String path) {
    CqlDuration duration;
    try {
      duration = CqlDuration.from(text.toString());
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException malformed) {
      throw EncodeErrors.invalid(
          path, "a text is not a duration", "Use a form like 1y2mo3d4h5m6s or P1Y2M3DT4H5M6S");
    }
    out.writeVInt(duration.getMonths());
    out.writeVInt(duration.getDays());
    out.writeVInt(duration.getNanoseconds());
  }
}
