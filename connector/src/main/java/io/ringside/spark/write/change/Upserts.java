// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.change;

import com.datastax.oss.driver.api.core.type.ListType;
import io.ringside.spark.cql.InsertQuery;
import io.ringside.spark.cql.UpdateQuery;
import io.ringside.spark.cql.UpdateQuery.Assignment;
import io.ringside.spark.cql.UpdateQuery.Operator;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.write.rows.MutationBuilder;
import io.ringside.spark.write.rows.Preparer;
import io.ringside.spark.write.send.Mutation;
import io.ringside.spark.write.send.Repetition;
import io.ringside.spark.write.send.WriteClock;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Makes the {@code UPDATE} and {@code INSERT} statements of changed rows. One per task. */
final class Upserts {
  private static final int[] NONE = {};

  private final NewRows rows;
  private final RowCells given;
  private final WriteClock clock;
  private final Preparer preparer;

  /**
   * Statements that are bound to the cells of new rows.
   *
   * @param given the cells of new rows
   * @param clock gives each mutation its write time
   */
  Upserts(NewRows rows, RowCells given, WriteClock clock, Preparer preparer) {
    this.rows = rows;
    this.given = given;
    this.clock = clock;
    this.preparer = preparer;
  }

  /** Sets cells: the markers are the write time and the time to live, the cells, and the key. */
  Statement update(List<ColumnSpec> cells, List<ColumnSpec> key) {
    List<Assignment> assignments =
        cells.stream().map(cell -> new Assignment(cell.name(), Operator.SET)).toList();
    String cql = UpdateQuery.of(rows.table(), rows.using(), assignments, names(key), null);
    return new Statement(cql, Using.FIRST, given.positions(cells), given.positions(key));
  }

  /** Inserts a row: the markers are its columns, the write time and the time to live. */
  Statement insert(List<ColumnSpec> columns) {
    String cql = InsertQuery.of(rows.table(), names(columns), rows.using(), false);
    return new Statement(cql, Using.LAST, given.positions(columns), NONE);
  }

  private static List<String> names(List<ColumnSpec> columns) {
    return columns.stream().map(ColumnSpec::name).toList();
  }

  /** Where a statement has the markers of its {@code USING} clause. */
  private enum Using {
    FIRST,
    LAST
  }

  /** One of the statements, prepared when it is first used. */
  final class Statement {
    private final String cql;
    private final Using using;
    private final int[] cells;
    private final int[] key;
    private @Nullable MutationBuilder prepared;

    private Statement(String cql, Using using, int[] cells, int[] key) {
      this.cql = cql;
      this.using = using;
      this.cells = cells;
      this.key = key;
    }

    /**
     * The mutation by the cells of a new row.
     *
     * @param chosen positions of the cells that are set; the others stay unset
     * @throws io.ringside.spark.error.InvalidInputException when a part of the key is null
     */
    Mutation of(@Nullable ByteBuffer[] row, IntPredicate chosen) {
      MutationBuilder mutation = prepared();
      Repetition repetition = Repetition.SAME;
      if (using == Using.FIRST) {
        bindUsing(mutation);
      }
      for (int i : cells) {
        if (chosen.test(i)) {
          bind(mutation, row[i], given.column(i));
          repetition = repetition.and(repetition(given.column(i), row[i]));
        } else {
          mutation.unset();
        }
      }
      for (int i : key) {
        mutation.key(row[i], given.column(i).name());
      }
      if (using == Using.LAST) {
        bindUsing(mutation);
      }
      return mutation.build(null, repetition);
    }

    private MutationBuilder prepared() {
      MutationBuilder known = prepared;
      if (known == null) {
        known = new MutationBuilder(rows.table(), preparer.prepare(cql).bind());
        prepared = known;
      }
      return known;
    }
  }

  private static Repetition repetition(ColumnSpec column, @Nullable ByteBuffer cell) {
    boolean isList = column.type() instanceof ListType list && !list.isFrozen();
    return isList && cell != null ? Repetition.LATER : Repetition.SAME;
  }

  private void bindUsing(MutationBuilder mutation) {
    Long upsert = clock.next();
    if (upsert != null) {
      mutation.movableTimestamp(upsert);
    }
    Integer ttl = rows.write().rows().ttlSeconds();
    if (ttl != null) {
      mutation.ttl(ttl);
    }
  }

  private static void bind(MutationBuilder mutation, @Nullable ByteBuffer cell, ColumnSpec column) {
    if (column.kind().isPrimaryKey()) {
      mutation.key(cell, column.name());
    } else if (cell == null) {
      mutation.tombstone();
    } else {
      mutation.cell(cell);
    }
  }
}
