// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.type.ListType;
import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.types.CellEncoder;
import io.ringside.spark.types.CellEncoders;
import io.ringside.spark.write.RowBinder.BoundRow;
import io.ringside.spark.write.TimedCells.Cell;
import io.ringside.spark.write.TimedCells.Part;
import io.ringside.spark.write.TimedCells.Slot;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;

/**
 * Turns Spark rows whose cells bring their own times into statements, one for each pair of write
 * time and time to live. One per task.
 */
final class TimedRowBinder {
  private static final long MICROS_OF_MILLI = 1000;

  private final WritePlan plan;
  private final TimedCells timed;
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
   * @throws com.datastax.oss.driver.api.core.DriverException when the server refuses them
   */
  TimedRowBinder(WritePlan plan, TimedCells timed, CqlSession session) {
    this.plan = plan;
    this.timed = timed;
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
    this.insert = prepare(session, timed.insert());
    this.update = prepare(session, timed.update());
    this.updatePartition = prepare(session, timed.updatePartition());
  }

  private CellEncoder encoder(Part part) {
    return CellEncoders.of(part.column(), plan.input().fields()[part.ordinal()].dataType());
  }

  private static @Nullable PreparedStatement prepare(CqlSession session, @Nullable String cql) {
    return cql == null ? null : session.prepare(cql);
  }

  /**
   * Binds a row; nothing of it is kept by reference.
   *
   * @param nowMillis the present, milliseconds since the epoch
   * @return null when there is nothing to write: all of the row has expired since it was read, or
   *     it repeats the static columns of the row before
   * @throws ConnectorException when a key column is null, a value does not fit its column, or the
   *     times of a collection are not as many as its elements
   */
  @Nullable BoundRow bind(InternalRow values, long nowMillis) {
    List<@Nullable ByteBuffer> key = key(values);
    boolean ofPartition = insert == null || key.get(key.size() - 1) == null;
    Long job = plan.timestampMicros();
    TimedRow row = new TimedRow(slots.length, job == null ? nowMillis * MICROS_OF_MILLI : job);
    long elapsed = elapsedSeconds(values, nowMillis);
    List<Value> statics = new ArrayList<>();
    for (int c = 0; c < encoders.length; c++) {
      Cell cell = timed.cells().get(c);
      ByteBuffer bytes = encoders[c].encode(values, cell.value().ordinal());
      if (bytes == null) {
        continue;
      }
      if (ofPartition && !cell.isStatic()) {
        throw cannotWrite(
            "the clustering columns are null in a row that sets more than static columns",
            "Give them values, or leave the other columns null");
      }
      List<@Nullable ByteBuffer> parts = parts(cell, bytes);
      Value value = new Value(c, parts, times[c].of(values, parts.size()));
      if (cell.isStatic()) {
        statics.add(value);
      } else {
        collect(row, value, elapsed);
      }
    }
    collectStatics(row, statics, key, elapsed);
    List<BoundStatement> statements = new ArrayList<>();
    int bytes = 0;
    ByteBuffer partition = null;
    for (TimedRow.Change change : ofPartition ? row.updates() : row.inserts()) {
      for (Mutation mutation : mutations(change, key, ofPartition)) {
        statements.add(mutation.statement());
        bytes += mutation.bytes();
        partition = mutation.partition();
      }
    }
    return partition == null
        ? null
        : new BoundRow(
            statements.get(0), statements.subList(1, statements.size()), partition, bytes);
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
  private void collectStatics(
      TimedRow row, List<Value> statics, List<@Nullable ByteBuffer> key, long elapsed) {
    List<@Nullable ByteBuffer> partition = key.subList(0, partitionColumns);
    boolean repeated = partition.equals(lastPartition) && statics.equals(lastStatics);
    lastPartition = partition;
    lastStatics = statics;
    if (!repeated) {
      statics.forEach(value -> collect(row, value, elapsed));
    }
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
    return elements ? List.of(row.build(), update(change, key, ofPartition)) : List.of(row.build());
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
    return cells.build();
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
