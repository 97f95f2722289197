// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.change;

import io.ringside.spark.cql.DeleteQuery;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.write.rows.Preparer;
import io.ringside.spark.write.send.Mutation;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;

/** Deletes rows as they were read. One per task, used by its thread. */
final class RowDeletes implements RowChanges {
  private final KeyDeletes rows;
  private final @Nullable DeleteStatement statics;
  private final Consumer<Mutation> out;

  /** Deletions that are given to {@code out} one after another. */
  RowDeletes(Deletions deletions, StoredRows stored, Preparer preparer, Consumer<Mutation> out) {
    this.rows = new KeyDeletes(deletions, stored, preparer);
    this.out = out;
    List<String> names =
        deletions.table().columns().stream()
            .filter(column -> column.kind() == ColumnKind.STATIC)
            .map(ColumnSpec::name)
            .toList();
    this.statics = names.isEmpty() ? null : statics(deletions, stored, names, preparer);
  }

  private DeleteStatement statics(
      Deletions deletions, StoredRows stored, List<String> names, Preparer preparer) {
    List<ColumnSpec> partition = stored.partition();
    String cql =
        DeleteQuery.ofCells(
            deletions.table(),
            deletions.using(),
            names,
            partition.stream().map(ColumnSpec::name).toList());
    return new DeleteStatement(deletions, cql, rows.cells(), partition, preparer);
  }

  /** Reads the cells of rows as they are stored. */
  RowCells cells() {
    return rows.cells();
  }

  @Override
  public void delete(InternalRow id) {
    @Nullable ByteBuffer[] cells = cells().of(id);
    if (statics != null && cells().isOfPartition(cells)) {
      out.accept(statics.of(cells));
    } else {
      deleteRow(cells);
    }
  }

  /** Deletes a row by its cells, which are not those of a partition alone. */
  void deleteRow(@Nullable ByteBuffer[] cells) {
    out.accept(rows.of(cells));
  }

  @Override
  public void update(InternalRow id, InternalRow row) {
    throw onlyDeletes();
  }

  @Override
  public void insert(InternalRow row) {
    throw onlyDeletes();
  }

  private static IllegalStateException onlyDeletes() {
    return new IllegalStateException("Spark writes a row in a statement that only deletes rows.");
  }
}
