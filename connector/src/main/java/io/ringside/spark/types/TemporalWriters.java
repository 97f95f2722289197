// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types;

import io.ringside.spark.error.ConnectorException;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.jspecify.annotations.Nullable;

/** Writers of {@code timestamp}, {@code date} and {@code time}. */
final class TemporalWriters {
  private static final long MICROS_PER_MILLI = 1000;
  private static final long NANOS_PER_DAY = 86_400_000_000_000L;

  private TemporalWriters() {}

  static ValueWriter of(
      com.datastax.oss.driver.api.core.type.DataType cql, DataType spark, String path) {
    ValueWriter writer =
        switch (CqlKind.of(cql)) {
          case TIMESTAMP -> ofTimestamp(spark);
          case DATE -> ofDate(spark);
          default -> ofTime(spark, path);
        };
    if (writer == null) {
      DataType natural = TypeMapping.sparkType(cql, DecimalTypes.defaults(), path);
      String advice =
          natural.equals(DataTypes.LongType)
              ? "bigint, in nanoseconds of the day"
              : natural.catalogString();
      throw TypeErrors.unwritable(path, cql, spark, advice);
    }
    return writer;
  }

  /**
   * Cassandra keeps milliseconds: microseconds are cut towards the past, as every client does. A
   * timestamp without a time zone is taken as UTC.
   */
  private static @Nullable ValueWriter ofTimestamp(DataType spark) {
    return spark instanceof TimestampType || spark instanceof TimestampNTZType
        ? (row, i, out) -> out.writeLong(Math.floorDiv(row.getLong(i), MICROS_PER_MILLI))
        : null;
  }

  private static @Nullable ValueWriter ofDate(DataType spark) {
    return spark instanceof DateType
        ? (row, i, out) -> out.writeInt(row.getInt(i) ^ Integer.MIN_VALUE)
        : null;
  }

  private static @Nullable ValueWriter ofTime(DataType spark, String path) {
    NumberWriters.LongGetter from = NumberWriters.integer(spark, Long.BYTES);
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

  private static ConnectorException notInDay(String path) {
    return TypeErrors.invalid(
        path,
        "a time is outside 0 to 86399999999999 nanoseconds of the day",
        "Correct the value or use null");
  }
}
