// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.timed;

import io.ringside.spark.write.rows.Preparer;
import io.ringside.spark.write.rows.RowToMutation;
import io.ringside.spark.write.rows.WriteJob;
import io.ringside.spark.write.send.Mutation;
import io.ringside.spark.write.send.Mutation.RowKey;
import io.ringside.spark.write.send.Repetition;
import io.ringside.spark.write.timed.TimedCells.Cell;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;

/**
 * Turns Spark rows whose cells bring their own times into mutations of several statements, one for
 * each pair of write time and time to live. One per task.
 */
public final class TimedRowBinder implements RowToMutation {
  private static final long MICROS_OF_MILLI = 1000;

  private final WriteJob job;
  private final TimedCells timed;
  private final LongSupplier nowMillis;
  private final TimedValues reader;
  private final TimedSlots slots;
  private final TimedStatements statements;
  private List<@Nullable ByteBuffer> lastPartition = List.of();
  private List<TimedValue> lastStatics = List.of();

  /**
   * Prepares the plan's statements.
   *
   * @param nowMillis the present, milliseconds since the epoch
   * @throws com.datastax.oss.driver.api.core.DriverException when the server refuses them
   */
  public TimedRowBinder(WriteJob job, TimedCells timed, Preparer preparer, LongSupplier nowMillis) {
    this.job = job;
    this.timed = timed;
    this.nowMillis = nowMillis;
    this.reader = new TimedValues(job, timed);
    this.slots = new TimedSlots(timed);
    this.statements = new TimedStatements(job.table(), timed, preparer);
  }

  /**
   * Binds a row; nothing of it is kept by reference.
   *
   * @return null when there is nothing to write: all of the row has expired since it was read, or
   *     it repeats the static columns of the row before
   * @throws io.ringside.spark.error.InvalidInputException when a key column is null, a value does
   *     not fit its column, or the times of a collection are not as many as its elements
   */
  @Override
  public @Nullable Mutation of(InternalRow values) {
    long now = nowMillis.getAsLong();
    List<@Nullable ByteBuffer> key = reader.key(values);
    boolean ofPartition = !statements.insertsRows() || key.get(key.size() - 1) == null;
    Long start = job.startMicros();
    TimedRow row = new TimedRow(slots.count(), start == null ? now * MICROS_OF_MILLI : start);
    List<TimedValue> statics = new ArrayList<>();
    List<TimedValue> others = new ArrayList<>();
    for (TimedValue value : reader.of(values, ofPartition)) {
      (timed.cells().get(value.cell()).isStatic() ? statics : others).add(value);
    }
    long elapsed = reader.elapsedSeconds(values, now);
    others.forEach(value -> slots.collect(row, value, elapsed));
    boolean repeated = repeatsStatics(key, statics);
    if (!repeated) {
      statics.forEach(value -> slots.collect(row, value, elapsed));
    }
    List<Mutation> mutations = new ArrayList<>();
    for (TimedRow.Change change : ofPartition ? row.updates() : row.inserts()) {
      mutations.addAll(statements.of(change, key, ofPartition));
    }
    if (mutations.isEmpty()) {
      return null;
    }
    return together(
        mutations,
        new RowKey(
            ofPartition ? RowKey.NONE : statements.clustering(key),
            repeated || statics.isEmpty() ? null : statics),
        repetition(statics, others));
  }

  /**
   * A list that is set at the job's time may be set again, later; at a time of its own it may not.
   */
  private Repetition repetition(List<TimedValue> statics, List<TimedValue> others) {
    Repetition repetition = Repetition.SAME;
    for (TimedValue value : Stream.concat(statics.stream(), others.stream()).toList()) {
      Cell cell = timed.cells().get(value.cell());
      if (TimedCellsPlanner.isList(cell)) {
        boolean ofJob =
            !cell.byElement() && value.times().stream().allMatch(time -> time.micros() == null);
        repetition = repetition.and(ofJob ? Repetition.LATER : Repetition.NEVER);
      }
    }
    return repetition;
  }

  private static Mutation together(List<Mutation> parts, RowKey row, Repetition repetition) {
    Mutation.Size size = parts.get(0).size();
    for (Mutation part : parts.subList(1, parts.size())) {
      size = size.and(part.size());
    }
    return new Mutation(
        parts.stream().flatMap(part -> part.statements().stream()).toList(),
        parts.get(0).partition(),
        row,
        size,
        repetition,
        Mutation.NO_MARKER);
  }

  /**
   * Static columns are in every row of their partition; they are written once where those rows come
   * one after another.
   */
  private boolean repeatsStatics(List<@Nullable ByteBuffer> key, List<TimedValue> statics) {
    List<@Nullable ByteBuffer> partition = statements.partition(key);
    boolean repeated = partition.equals(lastPartition) && statics.equals(lastStatics);
    lastPartition = partition;
    lastStatics = statics;
    return repeated;
  }
}
