// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.change;

import io.ringside.spark.config.NullHandling;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.UnsupportedException;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.write.rows.Preparer;
import io.ringside.spark.write.send.Mutation;
import io.ringside.spark.write.send.WriteClock;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;

/**
 * Deletes, updates and inserts rows, by mutations of the cells that differ. One per task, used by
 * its thread.
 *
 * <p>A cell that an update leaves as it is does not become part of a statement, so that it keeps
 * its write time and time to live. A row that changes its key is deleted and inserted whole.
 */
final class RowDeltas implements RowChanges {
  private final NewRows rows;
  private final Consumer<Mutation> out;
  private final ChangedKeys keys;
  private final RowDeletes deletes;
  private final RowCells given;

  /** The position in the stored row of each column that is given. */
  private final int[] storedAt;

  private final Upserts.@Nullable Statement updateRow;
  private final Upserts.@Nullable Statement updateStatic;
  private final Upserts.Statement insertMoved;
  private final Upserts.Statement insert;

  /**
   * Changes that are given to {@code out} one after another; nothing is sent by this class.
   *
   * @param clock gives updates and inserts their write times
   */
  RowDeltas(
      RowDeletes deletes,
      NewRows rows,
      WriteClock clock,
      Preparer preparer,
      Consumer<Mutation> out) {
    this.rows = rows;
    this.out = out;
    this.keys = new ChangedKeys(rows.table());
    this.deletes = deletes;
    List<ColumnSpec> columns = rows.columns();
    this.given = new RowCells(columns, rows.input(), rows.write().rows());
    this.storedAt = deletes.cells().positions(columns);
    Upserts upserts = new Upserts(rows, given, clock, preparer);
    List<ColumnSpec> partition = ofKind(columns, ColumnKind.PARTITION_KEY);
    List<ColumnSpec> key = joined(partition, ofKind(columns, ColumnKind.CLUSTERING));
    List<ColumnSpec> regular = ofKind(columns, ColumnKind.REGULAR);
    List<ColumnSpec> statics = ofKind(columns, ColumnKind.STATIC);
    this.updateRow = regular.isEmpty() ? null : upserts.update(regular, key);
    this.updateStatic = statics.isEmpty() ? null : upserts.update(statics, partition);
    this.insertMoved = upserts.insert(joined(key, regular));
    this.insert = upserts.insert(joined(joined(key, regular), statics));
  }

  private static List<ColumnSpec> ofKind(List<ColumnSpec> columns, ColumnKind kind) {
    return columns.stream().filter(column -> column.kind() == kind).toList();
  }

  private static List<ColumnSpec> joined(List<ColumnSpec> first, List<ColumnSpec> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  @Override
  public void delete(InternalRow id) {
    deletes.delete(id);
  }

  @Override
  public void update(InternalRow id, InternalRow row) {
    @Nullable ByteBuffer[] old = deletes.cells().of(id);
    @Nullable ByteBuffer[] now = given.of(row);
    boolean moves = changes(old, now, ColumnKind.PARTITION_KEY);
    if (moves && rows.hasStaticColumns()) {
      throw cannotUpdate(
          "a row would get another partition key, but the static cells of its partition belong to"
              + " other rows too",
          "Insert the rows under their new keys, then delete them under the old ones");
    }
    keys.updated(given.keyOf(now));
    boolean ofPartition = deletes.cells().isOfPartition(old);
    if (moves || changes(old, now, ColumnKind.CLUSTERING)) {
      checkAllIsCarried();
      if (!ofPartition) {
        deletes.deleteRow(old);
      }
      out.accept(insertMoved.of(now, cell -> true));
    } else if (changes(old, now, ColumnKind.REGULAR)) {
      if (ofPartition) {
        throw cannotUpdate(
            "a partition has static cells alone, and a row without clustering columns has no"
                + " others",
            "Leave such rows out: … AND %s IS NOT NULL"
                .formatted(rows.table().clusteringColumns().get(0).name()));
      }
      out.accept(Objects.requireNonNull(updateRow).of(now, differsFrom(old, now)));
    }
    if (changes(old, now, ColumnKind.STATIC)) {
      out.accept(Objects.requireNonNull(updateStatic).of(now, differsFrom(old, now)));
    }
  }

  /** What Spark does not see cannot be moved to another key. */
  private void checkAllIsCarried() {
    List<String> seen = List.of(rows.input().fieldNames());
    List<String> unseen =
        rows.table().columns().stream()
            .map(ColumnSpec::name)
            .filter(name -> !seen.contains(name))
            .toList();
    if (!unseen.isEmpty()) {
      throw cannotUpdate(
          "a row would get another key and lose its column '%s', which has no type in Spark"
              .formatted(String.join("', '", unseen)),
          "Move such rows by CQL, or leave their keys as they are");
    }
  }

  @Override
  public void insert(InternalRow row) {
    @Nullable ByteBuffer[] cells = given.of(row);
    keys.inserted(given.keyOf(cells));
    boolean tombstones = rows.write().rows().nulls() == NullHandling.TOMBSTONE;
    out.accept(
        insert.of(
            cells, i -> tombstones || cells[i] != null || given.column(i).kind().isPrimaryKey()));
  }

  private IntPredicate differsFrom(@Nullable ByteBuffer[] old, @Nullable ByteBuffer[] now) {
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

  private UnsupportedException cannotUpdate(String reason, String advice) {
    return new UnsupportedException(
        ErrorCode.UNSUPPORTED_OPERATION,
        "Cannot update %s: %s. %s.".formatted(rows.table().displayName(), reason, advice));
  }
}
