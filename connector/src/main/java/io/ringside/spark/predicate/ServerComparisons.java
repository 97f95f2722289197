// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.predicate;

import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.IndexSpec;
import io.ringside.spark.schema.IndexSpec.Answer;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.types.CqlKind;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a server compares a column's values as Spark does. An index of the column counts whether or
 * not the statement allows filtering: the server uses it all the same. Pure. Driver only.
 */
final class ServerComparisons {
  /** Longer values may be missing in an index; bytes. */
  private static final int LONGEST_INDEXED = 1024;

  /** The server refuses conditions outside of the key on longer values; bytes. */
  private static final int LONGEST_COMPARED = 65_535;

  private final List<IndexSpec> indexes;

  /** Of a table's columns; with {@link Reach#KEY} its indexes do not matter. */
  ServerComparisons(TableSpec table, Reach reach) {
    this.indexes = reach == Reach.KEY ? List.of() : table.indexes();
  }

  /** Why {@code =} and {@code IN} find other rows than in Spark, or null when they do not. */
  @Nullable String equalityRefusal(ColumnSpec column) {
    if (!CqlKind.of(column.type()).equalsAlike()) {
      return "CQL does not compare " + typeName(column);
    }
    IndexSpec index = indexWith(column, Answer.DIFFERENT, true);
    return index == null ? null : otherwise(index);
  }

  /** Why an order finds other rows than in Spark, or null when it does not. */
  @Nullable String rangeRefusal(ColumnSpec column) {
    if (!CqlKind.of(column.type()).equalsAlike()) {
      return "CQL does not compare " + typeName(column);
    } else if (!CqlKind.of(column.type()).ordersAlike()) {
      return "Cassandra orders " + typeName(column) + " otherwise than Spark orders its text";
    }
    IndexSpec index = indexWith(column, Answer.DIFFERENT, false);
    return index == null ? null : otherwise(index);
  }

  /** Why a value of this many bytes is not compared in the server, or null when it is. */
  @Nullable String sizeRefusal(ColumnSpec column, int bytes) {
    if (column.kind().isPrimaryKey()) {
      return null;
    } else if (bytes > LONGEST_COMPARED) {
      return "Cassandra compares values of at most " + LONGEST_COMPARED + " bytes";
    } else if (bytes > LONGEST_INDEXED && hasIndex(column.name())) {
      return "an index may leave out values of more than " + LONGEST_INDEXED + " bytes";
    }
    return null;
  }

  /** Whether an index finds exactly the rows of a comparison. */
  boolean isServed(ColumnSpec column, boolean equality) {
    return indexWith(column, Answer.EXACT, equality) != null;
  }

  boolean hasIndex(String column) {
    return indexes.stream().anyMatch(index -> index.column().equals(column));
  }

  /** A partition key column is only compared as part of the whole key, which takes no index. */
  private @Nullable IndexSpec indexWith(ColumnSpec column, Answer answer, boolean equality) {
    if (column.kind() == ColumnKind.PARTITION_KEY) {
      return null;
    }
    for (IndexSpec index : indexes) {
      if (index.column().equals(column.name())
          && (equality ? index.equality() : index.range()) == answer) {
        return index;
      }
    }
    return null;
  }

  private static String otherwise(IndexSpec index) {
    return "index '" + index.name() + "' compares otherwise than Spark";
  }

  private static String typeName(ColumnSpec column) {
    return column.type().asCql(false, false).toLowerCase(Locale.ROOT);
  }
}
