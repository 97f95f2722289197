// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.change;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.type.ListType;
import io.ringside.spark.config.NullHandling;
import io.ringside.spark.cql.ChangeQuery;
import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.FrozenTypes;
import io.ringside.spark.write.rows.MutationBuilder;
import io.ringside.spark.write.rows.Preparer;
import io.ringside.spark.write.send.Mutation;
import io.ringside.spark.write.send.Repetition;
import io.ringside.spark.write.send.WriteClock;
import java.nio.ByteBuffer;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;

/**
 * Turns changes of rows into mutations of the cells that differ. One per task, used by its thread.
 *
 * <p>A cell that an update leaves as it is does not become part of a statement, so that it keeps
 * its write time and time to live. A row that changes its key is deleted and inserted whole.
 */
public final class RowChanges {
  private static final int[] NONE = {};

  private final RowChangePlan plan;
  private final WriteClock clock;
  private final Preparer preparer;
  private final Consumer<Mutation> out;
  private final ChangedKeys keys;
  private final RowCells stored;
  private final RowCells given;

  /** The position in the stored row of each column that is given. */
  private final int[] storedAt;

  private final Template deleteRow;
  private final @Nullable Template deleteStatic;
  private final @Nullable Template updateRow;
  private final @Nullable Template updateStatic;
  private final @Nullable Template insertMoved;
  private final @Nullable Template insert;

  /**
   * Changes that are given to {@code out} one after another; nothing is sent by this class.
   *
   * @param clock gives updates and inserts their write times
   */
  public RowChanges(
      RowChangePlan plan, WriteClock clock, Preparer preparer, Consumer<Mutation> out) {
    this.plan = plan;
    this.clock = clock;
    this.preparer = preparer;
    this.out = out;
    this.keys = new ChangedKeys(plan.table());
    ZoneId zone = plan.write().rows().zone();
    this.stored = new RowCells(plan.id(), plan.idSchema(), zone);
    List<ColumnSpec> columns = plan.columns();
    this.given = new RowCells(columns, plan.input(), zone);
    this.storedAt = stored.positions(columns);
    ChangeQuery query = plan.query();
    List<ColumnSpec> partition = ofKind(plan.id(), ColumnKind.PARTITION_KEY);
    List<ColumnSpec> key = joined(partition, ofKind(plan.id(), ColumnKind.CLUSTERING));
    this.deleteRow =
        new Template(query.delete(names(key)), NONE, stored.positions(key), Using.DELETE);
    List<ColumnSpec> statics = ofKind(plan.table().columns(), ColumnKind.STATIC);
    this.deleteStatic =
        statics.isEmpty()
            ? null
            : new Template(
                query.deleteCells(names(statics), names(partition)),
                NONE,
                stored.positions(partition),
                Using.DELETE);
    List<ColumnSpec> regular = ofKind(columns, ColumnKind.REGULAR);
    List<ColumnSpec> givenStatics = ofKind(columns, ColumnKind.STATIC);
    this.updateRow = updating(query, regular, key);
    this.updateStatic = updating(query, givenStatics, partition);
    this.insertMoved = inserting(query, joined(key, regular));
    this.insert = inserting(query, joined(joined(key, regular), givenStatics));
  }

  private @Nullable Template updating(
      ChangeQuery query, List<ColumnSpec> cells, List<ColumnSpec> key) {
    return cells.isEmpty()
        ? null
        : new Template(
            query.update(names(cells), names(key)),
            given.positions(cells),
            given.positions(key),
            Using.UPSERT_FIRST);
  }

  private @Nullable Template inserting(ChangeQuery query, List<ColumnSpec> columns) {
    return given.isEmpty()
        ? null
        : new Template(
            query.insert(names(columns)), given.positions(columns), NONE, Using.UPSERT_LAST);
  }

  private static List<ColumnSpec> ofKind(List<ColumnSpec> columns, ColumnKind kind) {
    return columns.stream().filter(column -> column.kind() == kind).toList();
  }

  private static List<ColumnSpec> joined(List<ColumnSpec> first, List<ColumnSpec> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  private static List<String> names(List<ColumnSpec> columns) {
    return columns.stream().map(ColumnSpec::name).toList();
  }

  /** Where a statement has the markers of its write time and time to live, and which they are. */
  private enum Using {
    DELETE,
    UPSERT_FIRST,
    UPSERT_LAST
  }

  /** A statement, and the positions in a row of what its markers are bound to. */
  private static final class Template {
    private final String cql;
    private final int[] cells;
    private final int[] key;
    private final Using using;
    private @Nullable PreparedStatement prepared;

    Template(String cql, int[] cells, int[] key, Using using) {
      this.cql = cql;
      this.cells = cells;
      this.key = key;
      this.using = using;
    }

    PreparedStatement prepared(Preparer preparer) {
      PreparedStatement known = prepared;
      if (known == null) {
        known = preparer.prepare(cql);
        prepared = known;
      }
      return known;
    }
  }

  /**
   * Deletes a row. One without clustering columns stands for the static cells of a partition, which
   * has nothing else: then those are deleted.
   *
   * @param id the row as it is stored, its key at least
   */
  public void delete(InternalRow id) {
    @Nullable ByteBuffer[] cells = stored.of(id);
    if (deleteStatic != null && isStaticRow(cells)) {
      emit(deleteStatic, cells, cell -> true);
    } else {
      emit(deleteRow, cells, cell -> true);
    }
  }

  /**
   * Deletes all rows of a key.
   *
   * @throws ConnectorException when a part of it is null
   */
  public void deleteKey(InternalRow key) {
    emit(deleteRow, stored.of(key), cell -> true);
  }

  /**
   * Writes the cells of a row that differ from those stored.
   *
   * @param id all columns of the row as it is stored
   * @throws ConnectorException when the row gets a key that it cannot have
   */
  public void update(InternalRow id, InternalRow row) {
    @Nullable ByteBuffer[] old = stored.of(id);
    @Nullable ByteBuffer[] now = given.of(row);
    if (changes(old, now, ColumnKind.PARTITION_KEY) && plan.hasStaticColumns()) {
      throw cannotUpdate(
          "a row would get another partition key, but the static cells of its partition belong to"
              + " other rows too",
          "Insert the rows under their new keys, then delete them under the old ones");
    }
    keys.updated(given.keyOf(now));
    if (changes(old, now, ColumnKind.PARTITION_KEY) || changes(old, now, ColumnKind.CLUSTERING)) {
      checkAllIsCarried();
      if (!isStaticRow(old)) {
        emit(deleteRow, old, cell -> true);
      }
      emit(Objects.requireNonNull(insertMoved), now, cell -> true);
    } else if (changes(old, now, ColumnKind.REGULAR)) {
      if (isStaticRow(old)) {
        throw cannotUpdate(
            "a partition has static cells alone, and a row without clustering columns has no"
                + " others",
            "Leave such rows out: … AND %s IS NOT NULL"
                .formatted(plan.table().clusteringColumns().get(0).name()));
      }
      emit(Objects.requireNonNull(updateRow), now, differsFrom(old, now));
    }
    if (changes(old, now, ColumnKind.STATIC)) {
      emit(Objects.requireNonNull(updateStatic), now, differsFrom(old, now));
    }
  }

  /** What Spark does not see cannot be moved to another key. */
  private void checkAllIsCarried() {
    List<String> unseen =
        plan.table().columns().stream()
            .map(ColumnSpec::name)
            .filter(name -> !List.of(plan.input().fieldNames()).contains(name))
            .toList();
    if (!unseen.isEmpty()) {
      throw cannotUpdate(
          "a row would get another key and lose its column '%s', which has no type in Spark"
              .formatted(String.join("', '", unseen)),
          "Move such rows by CQL, or leave their keys as they are");
    }
  }

  /** Inserts a row; its nulls leave cells as they are, or not, as the options say. */
  public void insert(InternalRow row) {
    @Nullable ByteBuffer[] cells = given.of(row);
    keys.inserted(given.keyOf(cells));
    boolean tombstones = plan.write().nulls() == NullHandling.TOMBSTONE;
    emit(
        Objects.requireNonNull(insert),
        cells,
        i -> tombstones || cells[i] != null || given.column(i).kind().isPrimaryKey());
  }

  @FunctionalInterface
  private interface Choice {
    boolean test(int givenIndex);
  }

  private Choice differsFrom(@Nullable ByteBuffer[] old, @Nullable ByteBuffer[] now) {
    return i -> !Objects.equals(old[storedAt[i]], now[i]);
  }

  private boolean changes(@Nullable ByteBuffer[] old, @Nullable ByteBuffer[] now, ColumnKind kind) {
    for (int i = 0; i < now.length; i++) {
      if (given.column(i).kind() == kind && !Objects.equals(old[storedAt[i]], now[i])) {
        return true;
      }
    }
    return false;
  }

  private boolean isStaticRow(@Nullable ByteBuffer[] cells) {
    for (int i = 0; i < cells.length; i++) {
      if (cells[i] == null && plan.id().get(i).kind() == ColumnKind.CLUSTERING) {
        return true;
      }
    }
    return false;
  }

  /** Binds a statement to a row's cells; those not chosen stay unset. */
  private void emit(Template template, @Nullable ByteBuffer[] cells, Choice chosen) {
    MutationBuilder mutation = new MutationBuilder(plan.table(), template.prepared(preparer));
    Repetition repetition = Repetition.SAME;
    if (template.using != Using.UPSERT_LAST) {
      bindUsing(mutation, template.using);
    }
    for (int i : template.cells) {
      if (chosen.test(i)) {
        bind(mutation, cells[i], given.column(i));
        repetition = repetition.and(repetition(given.column(i), cells[i]));
      } else {
        mutation.unset();
      }
    }
    RowCells row = template.using == Using.DELETE ? stored : given;
    for (int i : template.key) {
      bind(mutation, cells[i], row.column(i));
    }
    if (template.using == Using.UPSERT_LAST) {
      bindUsing(mutation, template.using);
    }
    out.accept(mutation.build(null, repetition));
  }

  private static Repetition repetition(ColumnSpec column, @Nullable ByteBuffer cell) {
    boolean isList = column.type() instanceof ListType && FrozenTypes.isMultiCell(column.type());
    return isList && cell != null ? Repetition.LATER : Repetition.SAME;
  }

  private void bindUsing(MutationBuilder mutation, Using using) {
    Long deletion = plan.deletionMicros();
    if (using == Using.DELETE) {
      if (deletion != null) {
        mutation.timestamp(deletion);
      }
      return;
    }
    Long upsert = clock.next();
    if (upsert != null) {
      mutation.movableTimestamp(upsert);
    }
    Integer ttl = plan.write().ttlSeconds();
    if (ttl != null) {
      mutation.ttl(ttl);
    }
  }

  private void bind(MutationBuilder mutation, @Nullable ByteBuffer cell, ColumnSpec column) {
    if (cell != null) {
      mutation.cell(cell);
    } else if (column.kind().isPrimaryKey()) {
      throw new ConnectorException(
          ErrorCode.INVALID_VALUE,
          "Cannot write to %s: column '%s' is part of the primary key but null in a row. Filter such rows out, or give the column a value."
              .formatted(plan.table().displayName(), column.name()));
    } else {
      mutation.tombstone();
    }
  }

  private ConnectorException cannotUpdate(String reason, String advice) {
    return new ConnectorException(
        ErrorCode.UNSUPPORTED_OPERATION,
        "Cannot update %s: %s. %s.".formatted(plan.table().displayName(), reason, advice));
  }
}
