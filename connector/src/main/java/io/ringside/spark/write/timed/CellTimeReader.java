// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.timed;

import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.write.rows.TimeEncoders;
import io.ringside.spark.write.rows.WriteJob;
import io.ringside.spark.write.timed.TimedCells.Cell;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.jspecify.annotations.Nullable;

/** Reads the times of one column from the fields beside it. One per column and task. */
final class CellTimeReader {
  private final WriteJob job;
  private final Cell cell;
  private final DataType writeTimeType;
  private final DataType ttlType;

  CellTimeReader(WriteJob job, Cell cell) {
    this.job = job;
    this.cell = cell;
    this.writeTimeType = single(job, cell.writeTime());
    this.ttlType = single(job, cell.ttl());
  }

  private static DataType single(WriteJob job, int ordinal) {
    DataType type = job.input().fields()[ordinal].dataType();
    return type instanceof ArrayType array ? array.elementType() : type;
  }

  /**
   * The times of a cell as the data has them.
   *
   * @param micros write time, or null for that of the job
   * @param ttl seconds, or null for ever
   */
  record Given(@Nullable Long micros, @Nullable Long ttl) {

    /**
     * The times when that many seconds have passed, or null when the cell lives no more.
     *
     * @param elapsed not negative
     */
    @Nullable CellTime after(long elapsed) {
      if (ttl == null) {
        return new CellTime(micros, 0);
      }
      long left = ttl - elapsed;
      return left <= 0 ? null : new CellTime(micros, (int) left);
    }
  }

  /**
   * The times of a row's cell; of a column that is written by element those of each element.
   *
   * @param elements how many there are; ignored for a whole column
   * @throws InvalidInputException INVALID_VALUE for times that Cassandra does not take, or others
   *     than one for each element
   */
  List<Given> of(InternalRow row, int elements) {
    if (!cell.byElement()) {
      return List.of(given(row, cell.writeTime(), row, cell.ttl()));
    }
    ArrayData writeTimes = array(row, cell.writeTime(), elements);
    ArrayData ttls = array(row, cell.ttl(), elements);
    List<Given> given = new ArrayList<>(elements);
    for (int i = 0; i < elements; i++) {
      given.add(given(writeTimes, i, ttls, i));
    }
    return given;
  }

  private @Nullable ArrayData array(InternalRow row, int ordinal, int elements) {
    if (row.isNullAt(ordinal)) {
      return null;
    }
    ArrayData array = row.getArray(ordinal);
    if (array.numElements() != elements) {
      throw invalid(
          ordinal,
          "has %d entries where '%s' has %d elements"
              .formatted(array.numElements(), cell.column().name(), elements),
          "Leave both as they were read, or give the whole column one write time and one TTL");
    }
    return array;
  }

  private Given given(
      @Nullable SpecializedGetters writeTimes,
      int writeTime,
      @Nullable SpecializedGetters ttls,
      int ttl) {
    Long micros = null;
    if (writeTimes != null && !writeTimes.isNullAt(writeTime)) {
      micros = TimeEncoders.integer(writeTimes, writeTime, writeTimeType);
      if (micros == Long.MIN_VALUE) {
        throw invalid(
            cell.writeTime(),
            "holds the one write time that Cassandra keeps for itself, " + micros,
            "Correct it, or leave it null for that of the job");
      }
    }
    Long seconds = null;
    if (ttls != null && !ttls.isNullAt(ttl)) {
      seconds = TimeEncoders.integer(ttls, ttl, ttlType);
      if (seconds > TimeEncoders.MOST_TTL_SECONDS) {
        throw invalid(
            cell.ttl(),
            "holds a time to live of %d seconds, which is more than %d"
                .formatted(seconds, TimeEncoders.MOST_TTL_SECONDS),
            "Correct it, or leave it null for none");
      }
    }
    return new Given(micros, seconds);
  }

  private InvalidInputException invalid(int ordinal, String reason, String advice) {
    return new InvalidInputException(
        ErrorCode.INVALID_VALUE,
        "Cannot write to %s: column '%s' %s. %s."
            .formatted(
                job.table().displayName(), job.input().fieldNames()[ordinal], reason, advice));
  }
}
