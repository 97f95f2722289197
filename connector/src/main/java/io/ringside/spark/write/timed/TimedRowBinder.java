// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.timed;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.type.ListType;
import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.types.CellEncoder;
import io.ringside.spark.types.CellEncoders;
import io.ringside.spark.write.rows.MutationBuilder;
import io.ringside.spark.write.rows.Part;
import io.ringside.spark.write.rows.Preparer;
import io.ringside.spark.write.rows.RowToMutation;
import io.ringside.spark.write.rows.WritePlan;
import io.ringside.spark.write.send.Mutation;
import io.ringside.spark.write.send.Mutation.RowKey;
import io.ringside.spark.write.send.Repetition;
import io.ringside.spark.write.timed.TimedCells.Cell;
import io.ringside.spark.write.timed.TimedCells.Slot;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;

/**
 * Turns Spark rows whose cells bring their own times into statements, one for each pair of write
 * time and time to live. One per task.
 */
public final class TimedRowBinder implements RowToMutation {
  private static final long MICROS_OF_MILLI = 1000;

  private final WritePlan plan;
  private final TimedCells timed;
  private final LongSupplier nowMillis;
  private final Slot[] slots;
  private final int[] firstSlots;
  private final CellEncoder[] keyEncoders;
  private final CellEncoder[] encoders;
  private final CellTimeReader[] times;
  private final @Nullable PreparedStatement insert;
  private final @Nullable PreparedStatement update;
  private final @Nullable PreparedStatement updatePartition;
  private final int partitionColumns;
  private List<@Nullable ByteBuffer> lastPartition = List.of();
  private List<Value> lastStatics = List.of();

  /**
   * Prepares the plan's statements.
   *
   * @param nowMillis the present, milliseconds since the epoch
   * @throws com.datastax.oss.driver.api.core.DriverException when the server refuses them
   */
  public TimedRowBinder(
      WritePlan plan, TimedCells timed, Preparer preparer, LongSupplier nowMillis) {
    this.plan = plan;
    this.timed = timed;
    this.nowMillis = nowMillis;
    this.slots = timed.slots().toArray(Slot[]::new);
    this.firstSlots = new int[timed.cells().size()];
    for (int s = slots.length - 1; s >= 0; s--) {
      firstSlots[slots[s].cell()] = s;
    }
    this.keyEncoders = timed.key().stream().map(this::encoder).toArray(CellEncoder[]::new);
    this.encoders =
        timed.cells().stream().map(Cell::value).map(this::encoder).toArray(CellEncoder[]::new);
    this.times =
        timed.cells().stream()
            .map(cell -> new CellTimeReader(plan, cell))
            .toArray(CellTimeReader[]::new);
    this.partitionColumns =
        (int)
            timed.key().stream()
                .filter(part -> part.column().kind() == ColumnKind.PARTITION_KEY)
                .count();
    this.insert = prepare(preparer, timed.insert());
    this.update = prepare(preparer, timed.update());
    this.updatePartition = prepare(preparer, timed.updatePartition());
  }

  private CellEncoder encoder(Part part) {
    return CellEncoders.of(
        part.column(),
        plan.input().fields()[part.ordinal()].dataType(),
        plan.write().rows().zone());
  }

  private static @Nullable PreparedStatement prepare(Preparer preparer, @Nullable String cql) {
    return cql == null ? null : preparer.prepare(cql);
  }

  /**
   * Binds a row; nothing of it is kept by reference.
   *
   * @return null when there is nothing to write: all of the row has expired since it was read, or
   *     it repeats the static columns of the row before
   * @throws ConnectorException when a key column is null, a value does not fit its column, or the
   *     times of a collection are not as many as its elements
   */
  @Override
  public @Nullable Mutation of(InternalRow values) {
    long now = nowMillis.getAsLong();
    List<@Nullable ByteBuffer> key = key(values);
    boolean ofPartition = insert == null || key.get(key.size() - 1) == null;
    Long job = plan.startMicros();
    TimedRow row = new TimedRow(slots.length, job == null ? now * MICROS_OF_MILLI : job);
    List<Value> statics = new ArrayList<>();
    List<Value> others = new ArrayList<>();
    for (Value value : values(values, ofPartition)) {
      (timed.cells().get(value.cell()).isStatic() ? statics : others).add(value);
    }
    long elapsed = elapsedSeconds(values, now);
    others.forEach(value -> collect(row, value, elapsed));
    boolean repeated = repeatsStatics(key, statics);
    if (!repeated) {
      statics.forEach(value -> collect(row, value, elapsed));
    }
    List<Mutation> mutations = new ArrayList<>();
    for (TimedRow.Change change : ofPartition ? row.updates() : row.inserts()) {
      mutations.addAll(mutations(change, key, ofPartition));
    }
    if (mutations.isEmpty()) {
      return null;
    }
    Object clustering =
        ofPartition ? RowKey.NONE : List.copyOf(key.subList(partitionColumns, key.size()));
    return together(
        mutations,
        new RowKey(clustering, repeated || statics.isEmpty() ? null : statics),
        repetition(statics, others));
  }

  private List<Value> values(InternalRow row, boolean ofPartition) {
    List<Value> found = new ArrayList<>();
    for (int c = 0; c < encoders.length; c++) {
      Cell cell = timed.cells().get(c);
      ByteBuffer bytes = encoders[c].encode(row, cell.value().ordinal());
      if (bytes == null) {
        continue;
      }
      if (ofPartition && !cell.isStatic()) {
        throw cannotWrite(
            "the clustering columns are null in a row that sets more than static columns",
            "Give them values, or leave the other columns null");
      }
      List<@Nullable ByteBuffer> parts = parts(cell, bytes);
      found.add(new Value(c, parts, times[c].of(row, parts.size())));
    }
    return found;
  }

  /**
   * A list that is set at the job's time may be set again, later; at a time of its own it may not.
   */
  private Repetition repetition(List<Value> statics, List<Value> others) {
    Repetition repetition = Repetition.SAME;
    for (Value value : Stream.concat(statics.stream(), others.stream()).toList()) {
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
   * A column's value in a row.
   *
   * @param cell position of its cell
   * @param parts the whole of it, or its elements or fields
   * @param times of the parts
   */
  private record Value(
      int cell, List<@Nullable ByteBuffer> parts, List<CellTimeReader.Given> times) {}

  private List<@Nullable ByteBuffer> key(InternalRow values) {
    List<@Nullable ByteBuffer> key = new ArrayList<>(keyEncoders.length);
    boolean nullClustering = true;
    for (int k = 0; k < keyEncoders.length; k++) {
      Part part = timed.key().get(k);
      ByteBuffer bytes = keyEncoders[k].encode(values, part.ordinal());
      boolean clustering = part.column().kind() == ColumnKind.CLUSTERING;
      nullClustering &= !clustering || bytes == null;
      if (bytes == null && !(clustering && updatePartition != null && nullClustering)) {
        throw nullKey(part);
      }
      if (bytes != null && clustering && key.get(key.size() - 1) == null) {
        throw nullKey(timed.key().get(k - 1));
      }
      key.add(bytes);
    }
    return key;
  }

  private long elapsedSeconds(InternalRow values, long nowMillis) {
    int ordinal = timed.readTime();
    if (ordinal == TimedCells.NONE || values.isNullAt(ordinal)) {
      return 0;
    }
    long read = Math.floorDiv(values.getLong(ordinal), MICROS_OF_MILLI * 1000);
    return Math.max(0, Math.floorDiv(nowMillis, 1000L) - read);
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
   * Static columns are in every row of their partition; they are written once where those rows come
   * one after another.
   */
  private boolean repeatsStatics(List<@Nullable ByteBuffer> key, List<Value> statics) {
    List<@Nullable ByteBuffer> partition = key.subList(0, partitionColumns);
    boolean repeated = partition.equals(lastPartition) && statics.equals(lastStatics);
    lastPartition = partition;
    lastStatics = statics;
    return repeated;
  }

  private void collect(TimedRow row, Value value, long elapsed) {
    Cell cell = timed.cells().get(value.cell());
    boolean keepsOrder = cell.byElement() && cell.column().type() instanceof ListType;
    Map<CellTime, List<ByteBuffer>> elements = new LinkedHashMap<>();
    CellTime last = null;
    boolean later = false;
    for (int p = 0; p < value.parts().size(); p++) {
      ByteBuffer part = value.parts().get(p);
      if (part == null) {
        continue;
      }
      CellTime time = value.times().get(p).after(elapsed);
      if (!cell.isStatic()) {
        note(row, time);
      }
      if (time == null) {
        continue;
      }
      int slot = firstSlots[value.cell()];
      if (!cell.byElement() || cell.fields() > 0) {
        row.set(slot + p, part, time);
        continue;
      }
      if (keepsOrder && last != null && !last.equals(time)) {
        write(row, slot, elements, later);
        later = true;
      }
      last = time;
      elements.computeIfAbsent(time, any -> new ArrayList<>()).add(part);
    }
    write(row, firstSlots[value.cell()], elements, later);
  }

  private static void note(TimedRow row, @Nullable CellTime time) {
    if (time == null) {
      row.expired();
    } else {
      row.live(time);
    }
  }

  private static void write(
      TimedRow row, int slot, Map<CellTime, List<ByteBuffer>> elements, boolean later) {
    elements.forEach(
        (time, together) -> {
          ByteBuffer collection = ElementCells.collection(together);
          if (later) {
            row.setLater(slot, collection, time);
          } else {
            row.set(slot, collection, time);
          }
        });
    elements.clear();
  }

  /** One statement, or two where elements get the same times as the row itself. */
  private List<Mutation> mutations(
      TimedRow.Change change, List<@Nullable ByteBuffer> key, boolean ofPartition) {
    PreparedStatement inserting = change.inserts() ? insert : null;
    if (inserting == null) {
      return List.of(update(change, key, ofPartition));
    }
    MutationBuilder row = new MutationBuilder(plan.table(), inserting);
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
    PreparedStatement statement = Objects.requireNonNull(ofPartition ? updatePartition : update);
    MutationBuilder cells = new MutationBuilder(plan.table(), statement);
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
    bindKey(cells, ofPartition ? key.subList(0, partitionColumns) : key);
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

  private ConnectorException nullKey(Part part) {
    return cannotWrite(
        "column '%s' is part of the primary key but null in a row"
            .formatted(plan.input().fieldNames()[part.ordinal()]),
        "Filter such rows out, or give the column a value");
  }

  private ConnectorException cannotWrite(String reason, String advice) {
    return new ConnectorException(
        ErrorCode.INVALID_VALUE,
        "Cannot write to %s: %s. %s.".formatted(plan.table().displayName(), reason, advice));
  }
}
