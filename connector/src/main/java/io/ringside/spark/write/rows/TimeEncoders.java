// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.rows;

import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.types.encode.CellEncoder;
import io.ringside.spark.types.encode.CellOutput;
import io.ringside.spark.write.rows.RowStatement.Marker;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/** The values of {@code USING TTL ? AND TIMESTAMP ?}. A null leaves the marker unset. */
public final class TimeEncoders {
  /** Cassandra's bound: 20 years. */
  public static final int MOST_TTL_SECONDS = 630_720_000;

  private TimeEncoders() {}

  /** Seconds to live: of the row, else of the whole job, else the table's. */
  static CellEncoder ttl(WriteJob job, int ordinal) {
    Integer constant = job.write().rows().ttlSeconds();
    if (ordinal == Marker.CONSTANT) {
      return (row, ignored, out) -> writeInt(constant, out);
    }
    StructField field = job.input().fields()[ordinal];
    return (row, i, out) -> {
      if (row.isNullAt(i)) {
        return writeInt(constant, out);
      }
      long seconds = integer(row, i, field.dataType());
      if (seconds < 0 || seconds > MOST_TTL_SECONDS) {
        throw new InvalidInputException(
            ErrorCode.INVALID_VALUE,
            "Cannot write to %s: column '%s' holds a time to live of %d seconds, which is not from 0 to %d. Correct it, or leave it null for the default."
                .formatted(job.table().displayName(), field.name(), seconds, MOST_TTL_SECONDS));
      }
      return writeInt((int) seconds, out);
    };
  }

  /** Microseconds since the epoch: of the row, else of the whole job. */
  static CellEncoder writeTime(WriteJob job, int ordinal) {
    StructField field = job.input().fields()[ordinal];
    return (row, i, out) -> {
      if (row.isNullAt(i)) {
        return false;
      }
      long micros = integer(row, i, field.dataType());
      if (micros == Long.MIN_VALUE) {
        throw new InvalidInputException(
            ErrorCode.INVALID_VALUE,
            "Cannot write to %s: column '%s' holds the one write time that Cassandra keeps for itself, %d. Correct it, or leave it null for that of the job."
                .formatted(job.table().displayName(), field.name(), micros));
      }
      out.writeSizedLong(micros);
      return true;
    };
  }

  private static boolean writeInt(@Nullable Integer value, CellOutput out) {
    if (value != null) {
      out.writeSizedInt(value);
    }
    return value != null;
  }

  /** Whether {@link #integer} reads numbers of a type. */
  public static boolean isInteger(DataType type) {
    return type instanceof LongType
        || type instanceof IntegerType
        || type instanceof ShortType
        || type instanceof ByteType;
  }

  /** Spark's timestamps are microseconds in a long, too. */
  public static long integer(SpecializedGetters row, int ordinal, DataType type) {
    if (type instanceof ByteType) {
      return row.getByte(ordinal);
    } else if (type instanceof ShortType) {
      return row.getShort(ordinal);
    } else if (type instanceof IntegerType) {
      return row.getInt(ordinal);
    }
    return row.getLong(ordinal);
  }
}
