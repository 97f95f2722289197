// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.predicate;

import io.ringside.spark.cql.Restriction;
import io.ringside.spark.cql.Selection;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Knows a rule of CQL that its grammar does not show: a statement that selects static columns, and
 * besides them partition key columns alone, may not restrict a clustering column ("Cannot restrict
 * clustering columns when selecting only static columns"). Pure. Driver only.
 */
public final class StaticSelection {
  private StaticSelection() {}

  /** Whether Cassandra refuses the statement for this rule. */
  static boolean isRefused(
      TableSpec table, List<Selection> selections, List<Restriction> restrictions) {
    boolean statics = false;
    for (Selection selection : selections) {
      ColumnKind kind = kind(table, selection.column());
      if (kind == ColumnKind.REGULAR || kind == ColumnKind.CLUSTERING) {
        return false;
      }
      statics |= kind == ColumnKind.STATIC;
    }
    return statics
        && restrictions.stream()
            .anyMatch(restriction -> kind(table, restriction.column()) == ColumnKind.CLUSTERING);
  }

  /** A column to select as well so that Cassandra takes the statement, or null when it does so. */
  public static @Nullable ColumnSpec missingColumn(
      TableSpec table, List<Selection> selections, List<Restriction> restrictions) {
    return isRefused(table, selections, restrictions) ? table.clusteringColumns().get(0) : null;
  }

  private static @Nullable ColumnKind kind(TableSpec table, @Nullable String name) {
    ColumnSpec column = name == null ? null : table.column(name);
    return column == null ? null : column.kind();
  }
}
