// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types.vector;

import org.apache.spark.sql.types.DataTypes;

/** Views over {@code timestamp} and {@code date} cells. */
final class TemporalVectors {
  private static final int MICROS_PER_MILLI = 1000;
  private static final long LARGEST_MILLIS = Long.MAX_VALUE / MICROS_PER_MILLI;

  private TemporalVectors() {}

  /** Milliseconds since the epoch as Spark's microseconds. */
  static final class OfTimestamp extends CellVector {
    OfTimestamp(String path) {
      super(DataTypes.TimestampType, path, 1);
    }

    @Override
    public long getLong(int rowId) {
      int size = size(rowId);
      if (size != Long.BYTES) {
        checkAbsent(size, Long.BYTES);
        return 0;
      }
      long millis = longAt(start(rowId));
      if (millis > LARGEST_MILLIS || millis < -LARGEST_MILLIS) {
        throw VectorErrors.unreadableValue(
            path(), "a timestamp lies more than 292,277 years from 1970, outside Spark's range");
      }
      return millis * MICROS_PER_MILLI;
    }
  }

  /** Unsigned days centred on 2^31 as Spark's days since the epoch. */
  static final class OfDate extends CellVector {
    OfDate(String path) {
      super(DataTypes.DateType, path, 1);
    }

    @Override
    public int getInt(int rowId) {
      int size = size(rowId);
      if (size == Integer.BYTES) {
        return intAt(start(rowId)) ^ Integer.MIN_VALUE;
      }
      checkAbsent(size, Integer.BYTES);
      return 0;
    }
  }
}
