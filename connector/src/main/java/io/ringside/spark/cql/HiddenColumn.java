// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cql;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.FrozenTypes;
import io.ringside.spark.schema.TableSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What CQL returns about a row besides its values, as a column that {@code *} leaves out. A column
 * of the table that has the same name takes its place. Pure. Driver only.
 *
 * @param column its name, and the CQL type of what the server answers
 * @param selection what is asked of the server
 * @param nullable whether it may be null in a row
 * @param comment for {@code DESCRIBE}
 */
public record HiddenColumn(
    ColumnSpec column, Selection selection, boolean nullable, String comment) {
  /** The token of the row's partition, of clusters whose tokens are 64-bit integers. */
  public static final String TOKEN = "_token";

  /** When the server read the row, by its own clock: seconds left count from here. */
  public static final String READ_TIME = "_read_time";

  private static final String WRITE_TIME_PREFIX = "_writetime_";
  private static final String TTL_PREFIX = "_ttl_";

  /** The name of the hidden column with a column's write time. */
  public static String writeTime(String column) {
    return WRITE_TIME_PREFIX + column;
  }

  /** The name of the hidden column with the seconds that a column has left. */
  public static String ttl(String column) {
    return TTL_PREFIX + column;
  }

  /**
   * Whether a name is that of a hidden column with the times of cells, or of their reading, and of
   * no column of the table.
   */
  public static boolean describesCells(TableSpec table, String name) {
    return table.column(name) == null
        && (name.equals(READ_TIME)
            || table.columns().stream()
                .filter(column -> !column.kind().isPrimaryKey())
                .map(ColumnSpec::name)
                .anyMatch(column -> name.equals(writeTime(column)) || name.equals(ttl(column))));
  }

  /**
   * The hidden columns of a table: those of its partitions and rows, then those of each column
   * outside of the primary key, in the table's order. Tables of one node have none: their tokens
   * and times, if any, are not those of cells in a ring.
   */
  public static List<HiddenColumn> of(TableSpec table) {
    List<HiddenColumn> hidden = new ArrayList<>();
    if (table.kind().isOfOneNode()) {
      return hidden;
    }
    if (table.features().longTokens()) {
      add(hidden, table, token());
    }
    add(hidden, table, readTime());
    for (ColumnSpec column : table.columns()) {
      if (hasTimes(table, column)) {
        add(hidden, table, writeTime(column));
        add(hidden, table, ttl(column));
      }
    }
    return hidden;
  }

  /** The hidden column of this exact name, or null. */
  public static @Nullable HiddenColumn find(TableSpec table, String name) {
    if (!name.startsWith("_")) {
      return null;
    }
    for (HiddenColumn hidden : of(table)) {
      if (hidden.column().name().equals(name)) {
        return hidden;
      }
    }
    return null;
  }

  private static void add(List<HiddenColumn> hidden, TableSpec table, HiddenColumn one) {
    if (table.column(one.column().name()) == null) {
      hidden.add(one);
    }
  }

  private static boolean hasTimes(TableSpec table, ColumnSpec column) {
    return !column.kind().isPrimaryKey()
        && (table.features().elementTimes() || !FrozenTypes.isMultiCell(column.type()));
  }

  private static HiddenColumn token() {
    return new HiddenColumn(
        ColumnSpec.of(TOKEN, DataTypes.BIGINT, ColumnKind.REGULAR),
        new Selection(Selection.Kind.TOKEN, null),
        false,
        "The token of the partition key.");
  }

  private static HiddenColumn readTime() {
    return new HiddenColumn(
        ColumnSpec.of(READ_TIME, DataTypes.TIMESTAMP, ColumnKind.REGULAR),
        new Selection(Selection.Kind.NOW, null),
        false,
        "When the server read the row.");
  }

  private static HiddenColumn writeTime(ColumnSpec column) {
    return new HiddenColumn(
        answer(writeTime(column.name()), column, DataTypes.BIGINT),
        new Selection(Selection.Kind.WRITE_TIME, column.name()),
        true,
        "Write time in microseconds since the epoch" + ofElements(column));
  }

  private static HiddenColumn ttl(ColumnSpec column) {
    return new HiddenColumn(
        answer(ttl(column.name()), column, DataTypes.INT),
        new Selection(Selection.Kind.TTL, column.name()),
        true,
        "Seconds left to live" + ofElements(column));
  }

  private static ColumnSpec answer(String name, ColumnSpec of, DataType single) {
    DataType type = FrozenTypes.isMultiCell(of.type()) ? DataTypes.frozenListOf(single) : single;
    return ColumnSpec.of(name, type, ColumnKind.REGULAR);
  }

  private static String ofElements(ColumnSpec column) {
    return FrozenTypes.isMultiCell(column.type()) ? ", one of each element." : ".";
  }
}
