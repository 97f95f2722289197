// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.timed;

import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.types.encode.CellEncoder;
import io.ringside.spark.types.encode.CellEncoders;
import io.ringside.spark.write.rows.Part;
import io.ringside.spark.write.rows.RowErrors;
import io.ringside.spark.write.rows.WriteJob;
import io.ringside.spark.write.timed.TimedCells.Cell;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;

/** Reads the key and the values of Spark rows whose cells bring their own times. One per task. */
final class TimedValues {
  private static final long MICROS_OF_SECOND = 1_000_000;
  private static final long MILLIS_OF_SECOND = 1_000;

  private final WriteJob job;
  private final TimedCells timed;
  private final RowErrors errors;
  private final CellEncoder[] keyEncoders;
  private final CellEncoder[] encoders;
  private final CellTimeReader[] times;

  TimedValues(WriteJob job, TimedCells timed) {
    this.job = job;
    this.timed = timed;
    this.errors = new RowErrors(job.table());
    this.keyEncoders = timed.key().stream().map(this::encoder).toArray(CellEncoder[]::new);
    this.encoders =
        timed.cells().stream().map(Cell::value).map(this::encoder).toArray(CellEncoder[]::new);
    this.times =
        timed.cells().stream()
            .map(cell -> new CellTimeReader(job, cell))
            .toArray(CellTimeReader[]::new);
  }

  private CellEncoder encoder(Part part) {
    return CellEncoders.of(
        part.column(), job.input().fields()[part.ordinal()].dataType(), job.write().rows());
  }

  /**
   * The primary key of a row, as far as the data has it. Clustering columns are all null in a row
   * that sets static columns alone.
   *
   * @throws io.ringside.spark.error.InvalidInputException when another part of the key is null
   */
  List<@Nullable ByteBuffer> key(InternalRow row) {
    List<@Nullable ByteBuffer> key = new ArrayList<>(keyEncoders.length);
    boolean nullClustering = true;
    for (int k = 0; k < keyEncoders.length; k++) {
      Part part = timed.key().get(k);
      ByteBuffer bytes = keyEncoders[k].encode(row, part.ordinal());
      boolean clustering = part.column().kind() == ColumnKind.CLUSTERING;
      nullClustering &= !clustering || bytes == null;
      if (bytes == null && !(clustering && timed.updatePartition() != null && nullClustering)) {
        throw nullKey(part);
      }
      if (bytes != null && clustering && key.get(key.size() - 1) == null) {
        throw nullKey(timed.key().get(k - 1));
      }
      key.add(bytes);
    }
    return key;
  }

  private RuntimeException nullKey(Part part) {
    return errors.nullKey(job.input().fieldNames()[part.ordinal()]);
  }

  /**
   * The values of a row that are not null.
   *
   * @param ofPartition whether the row has static columns alone
   * @throws io.ringside.spark.error.InvalidInputException when a value does not fit its column,
   *     when the times of a collection are not as many as its elements, or when a row of a
   *     partition has other columns
   */
  List<TimedValue> of(InternalRow row, boolean ofPartition) {
    List<TimedValue> found = new ArrayList<>();
    for (int c = 0; c < encoders.length; c++) {
      Cell cell = timed.cells().get(c);
      ByteBuffer bytes = encoders[c].encode(row, cell.value().ordinal());
      if (bytes == null) {
        continue;
      }
      if (ofPartition && !cell.isStatic()) {
        throw errors.nullClustering();
      }
      List<@Nullable ByteBuffer> parts = parts(cell, bytes);
      found.add(new TimedValue(c, parts, times[c].of(row, parts.size())));
    }
    return found;
  }

  private static List<@Nullable ByteBuffer> parts(Cell cell, ByteBuffer bytes) {
    if (!cell.byElement()) {
      return List.of(bytes);
    }
    return cell.fields() > 0
        ? ElementCells.fields(bytes)
        : List.copyOf(ElementCells.elements(bytes, cell.valuesOfElement()));
  }

  /**
   * The seconds since a row was read, 0 when the row does not have that time.
   *
   * @param nowMillis the present, milliseconds since the epoch
   */
  long elapsedSeconds(InternalRow row, long nowMillis) {
    int ordinal = timed.readTime();
    if (ordinal == TimedCells.NONE || row.isNullAt(ordinal)) {
      return 0;
    }
    long read = Math.floorDiv(row.getLong(ordinal), MICROS_OF_SECOND);
    return Math.max(0, Math.floorDiv(nowMillis, MILLIS_OF_SECOND) - read);
  }
}
