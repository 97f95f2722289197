// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.lookup;

import io.ringside.spark.cql.CqlValue;
import io.ringside.spark.predicate.EqualCell;
import io.ringside.spark.schema.TableSpec;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Makes the cell of a key column that is equal to a value of a row. One per column and task. */
final class KeyCell {
  private final TableSpec table;
  private final KeyColumn key;
  private final EqualCell cells;

  /** Makes cells of a table's column. */
  KeyCell(TableSpec table, KeyColumn key) {
    this.table = table;
    this.key = key;
    this.cells = new EqualCell(key.column(), key.type());
  }

  /**
   * The cell that is equal to a value, or null when no row of the table can have it.
   *
   * @param external as {@link Travel} has it; not null
   */
  @Nullable CqlValue of(Object external) {
    ByteBuffer cell = cells.of(internal(external));
    return cell != null && EqualCell.canExist(table, key.column(), cell)
        ? new CqlValue(cell)
        : null;
  }

  /** Spark's internal value. */
  private Object internal(Object external) {
    if (external instanceof byte[] bytes) {
      return key.type().equals(DataTypes.StringType) ? UTF8String.fromBytes(bytes) : bytes;
    } else if (external instanceof LocalDate date) {
      return Math.toIntExact(date.toEpochDay());
    } else if (external instanceof Instant instant) {
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), TimeUnit.SECONDS.toMicros(1)),
          TimeUnit.NANOSECONDS.toMicros(instant.getNano()));
    }
    return external;
  }
}
