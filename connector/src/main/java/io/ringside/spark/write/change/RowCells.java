// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.change;

import io.ringside.spark.config.RowConfig;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.types.encode.CellEncoder;
import io.ringside.spark.types.encode.CellEncoders;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Turns Spark rows into the bytes of their cells. One per kind of row and task. */
final class RowCells {
  private final List<ColumnSpec> columns;
  private final CellEncoder[] encoders;
  private final int[] key;

  RowCells(List<ColumnSpec> columns, StructType schema, RowConfig rows) {
    this.columns = columns;
    this.key = positions(columns.stream().filter(c -> c.kind().isPrimaryKey()).toList());
    this.encoders = new CellEncoder[columns.size()];
    for (int i = 0; i < encoders.length; i++) {
      encoders[i] = CellEncoders.of(columns.get(i), schema.fields()[i].dataType(), rows);
    }
  }

  /** The column at a position. */
  ColumnSpec column(int position) {
    return columns.get(position);
  }

  /** The positions of columns, all of which must be here. */
  final int[] positions(List<ColumnSpec> wanted) {
    return wanted.stream().mapToInt(columns::indexOf).toArray();
  }

  /** Whether a row lacks a clustering column: it stands for its partition's static cells. */
  boolean isOfPartition(@Nullable ByteBuffer[] cells) {
    for (int i = 0; i < cells.length; i++) {
      if (cells[i] == null && columns.get(i).kind() == ColumnKind.CLUSTERING) {
        return true;
      }
    }
    return false;
  }

  /** The primary key of a row, with value equality. */
  List<@Nullable ByteBuffer> keyOf(@Nullable ByteBuffer[] cells) {
    @Nullable ByteBuffer[] key = new @Nullable ByteBuffer[this.key.length];
    for (int i = 0; i < key.length; i++) {
      key[i] = cells[this.key[i]];
    }
    return Arrays.asList(key);
  }

  /** The cells of a row in the order of its columns, null where the row is; nothing is kept. */
  @Nullable ByteBuffer[] of(InternalRow row) {
    @Nullable ByteBuffer[] cells = new ByteBuffer[encoders.length];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = encoders[i].encode(row, i);
    }
    return cells;
  }
}
