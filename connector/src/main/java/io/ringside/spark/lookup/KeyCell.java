// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.lookup;

import io.ringside.spark.cql.CqlValue;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.types.CqlKind;
import io.ringside.spark.types.encode.CellEncoder;
import io.ringside.spark.types.encode.CellEncoders;
import io.ringside.spark.types.vector.CellIndex;
import io.ringside.spark.types.vector.CellVector;
import io.ringside.spark.types.vector.CellVectors;
import io.ringside.spark.types.vector.RowsEncoder;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Makes the cell of a key column that is equal to a value, where there is one: Spark compares texts
 * and microseconds, and Cassandra addresses and milliseconds. One per column and task.
 */
final class KeyCell {
  /** Values of keys are shorter than this in Cassandra; bytes. */
  private static final int LONGEST = 65_535;

  private static final long MICROS_OF_MILLI = 1_000;

  private final KeyColumn key;
  private final boolean mayBeEmpty;
  private final CellEncoder encoder;
  private final @Nullable CellVector shown;
  private final GenericInternalRow value = new GenericInternalRow(1);

  /**
   * Makes cells of a column.
   *
   * @param alone whether it is the whole partition key, which has no empty value
   */
  KeyCell(KeyColumn key, boolean alone) {
    this.key = key;
    this.mayBeEmpty = !alone;
    this.encoder = CellEncoders.of(key.column(), key.type());
    boolean text = key.type().equals(DataTypes.StringType);
    boolean sharesCells = CqlKind.of(key.column().type()).sharesCells();
    this.shown = text && sharesCells ? CellVectors.of(key.column(), key.type()) : null;
  }

  /**
   * The cell that is equal to a value, or null when no row of the table can have it.
   *
   * @param external as {@link Travel} has it; not null
   */
  @Nullable CqlValue of(Object external) {
    Object internal = internal(external);
    if (internal == null) {
      return null;
    }
    value.update(0, internal);
    ByteBuffer cell = encode();
    if (cell == null) {
      return null;
    }
    boolean exists =
        cell.remaining() <= LONGEST
            && (mayBeEmpty || cell.hasRemaining())
            && isShownAs(cell, internal);
    return exists ? new CqlValue(cell) : null;
  }

  /** The cell, or null when the CQL type cannot hold the value. */
  private @Nullable ByteBuffer encode() {
    try {
      return encoder.encode(value, 0);
    } catch (InvalidInputException e) {
      if (e.code() == ErrorCode.INVALID_VALUE) {
        return null;
      }
      throw e;
    }
  }

  private boolean isShownAs(ByteBuffer cell, Object text) {
    if (shown == null) {
      return true;
    }
    shown.reset(CellIndex.of(RowsEncoder.encode(cell)), 0);
    return text.equals(shown.getUTF8String(0));
  }

  /** Spark's internal value, or null where CQL has none that is equal. */
  private @Nullable Object internal(Object external) {
    if (external instanceof byte[] bytes) {
      return key.type().equals(DataTypes.StringType) ? UTF8String.fromBytes(bytes) : bytes;
    } else if (external instanceof LocalDate date) {
      return Math.toIntExact(date.toEpochDay());
    } else if (external instanceof Instant instant) {
      long micros =
          Math.addExact(
              Math.multiplyExact(instant.getEpochSecond(), TimeUnit.SECONDS.toMicros(1)),
              TimeUnit.NANOSECONDS.toMicros(instant.getNano()));
      return micros % MICROS_OF_MILLI == 0 ? micros : null;
    }
    return external;
  }
}
