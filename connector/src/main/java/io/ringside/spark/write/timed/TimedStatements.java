// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.timed;

import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.types.encode.CellOutput;
import io.ringside.spark.write.rows.MutationBuilder;
import io.ringside.spark.write.rows.Preparer;
import io.ringside.spark.write.send.Mutation;
import io.ringside.spark.write.send.Repetition;
import io.ringside.spark.write.timed.TimedCells.Slot;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Binds the statements that write the values of one time. One per task. */
final class TimedStatements {
  private final TimedCells timed;
  private final Slot[] slots;
  private final int partitionColumns;
  private final @Nullable MutationBuilder insert;
  private final @Nullable MutationBuilder update;
  private final @Nullable MutationBuilder updatePartition;

  /**
   * Prepares the plan's statements.
   *
   * @throws com.datastax.oss.driver.api.core.DriverException when the server refuses them
   */
  TimedStatements(TableSpec table, TimedCells timed, Preparer preparer) {
    this.timed = timed;
    this.slots = timed.slots().toArray(Slot[]::new);
    this.partitionColumns =
        (int)
            timed.key().stream()
                .filter(part -> part.column().kind() == ColumnKind.PARTITION_KEY)
                .count();
    this.insert = prepare(table, preparer, timed.insert());
    this.update = prepare(table, preparer, timed.update());
    this.updatePartition = prepare(table, preparer, timed.updatePartition());
  }

  private static @Nullable MutationBuilder prepare(
      TableSpec table, Preparer preparer, @Nullable String cql) {
    return cql == null ? null : new MutationBuilder(table, preparer.prepare(cql).bind());
  }

  /** Whether there are rows, and not the static columns of partitions alone. */
  boolean insertsRows() {
    return insert != null;
  }

  /** The columns of the partition key, the first ones of each key. */
  List<@Nullable ByteBuffer> partition(List<@Nullable ByteBuffer> key) {
    return key.subList(0, partitionColumns);
  }

  /** The clustering columns, the last ones of a key, each after its length. */
  ByteBuffer clustering(List<@Nullable ByteBuffer> key) {
    CellOutput out = new CellOutput();
    for (ByteBuffer value : key.subList(partitionColumns, key.size())) {
      out.writeSized(Objects.requireNonNull(value));
    }
    return ByteBuffer.wrap(out.toByteArray());
  }

  /**
   * Values of one time: one statement, or two where elements get the same times as the row itself.
   *
   * @param ofPartition whether static columns alone are set
   */
  List<Mutation> of(TimedRow.Change change, List<@Nullable ByteBuffer> key, boolean ofPartition) {
    MutationBuilder row = change.inserts() ? insert : null;
    if (row == null) {
      return List.of(update(change, key, ofPartition));
    }
    bindKey(row, key);
    boolean elements = false;
    for (int s = 0; s < slots.length; s++) {
      ByteBuffer value = change.values().get(s);
      if (slots[s].whole()) {
        bind(row, value);
      } else {
        elements |= value != null;
      }
    }
    bindTime(row, change.time());
    Mutation inserted = row.build(null, Repetition.SAME);
    return elements ? List.of(inserted, update(change, key, ofPartition)) : List.of(inserted);
  }

  private Mutation update(
      TimedRow.Change change, List<@Nullable ByteBuffer> key, boolean ofPartition) {
    MutationBuilder cells = Objects.requireNonNull(ofPartition ? updatePartition : update);
    bindTime(cells, change.time());
    for (int s = 0; s < slots.length; s++) {
      Slot slot = slots[s];
      if (ofPartition && !timed.cells().get(slot.cell()).isStatic()) {
        continue;
      }
      ByteBuffer value = change.values().get(s);
      boolean inserted = change.inserts() && slot.whole();
      if (value == null && !slot.whole() && slot.field() == TimedCells.NONE) {
        // Cassandra takes no unset value where it adds to a list; a null adds nothing.
        cells.tombstone();
      } else {
        bind(cells, inserted ? null : value);
      }
    }
    bindKey(cells, ofPartition ? partition(key) : key);
    return cells.build(null, Repetition.SAME);
  }

  private static void bind(MutationBuilder statement, @Nullable ByteBuffer value) {
    if (value == null) {
      statement.unset();
    } else {
      statement.cell(value);
    }
  }

  private static void bindKey(MutationBuilder statement, List<@Nullable ByteBuffer> key) {
    key.forEach(value -> statement.cell(Objects.requireNonNull(value)));
  }

  private static void bindTime(MutationBuilder statement, CellTime time) {
    Long micros = time.micros();
    if (micros == null) {
      statement.unset();
    } else {
      statement.timestamp(micros);
    }
    // Zero also stands against the table's default time to live.
    statement.ttl(time.ttl());
  }
}
