// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.lookup;

import io.ringside.spark.cql.RowLimits;
import io.ringside.spark.cql.SelectQuery;
import io.ringside.spark.cql.Selection;
import io.ringside.spark.schema.ColumnSpec;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for each key. Immutable; made on the driver, sent to executors.
 *
 * @param select the rows of one key
 * @param columns what the query's selections answer, in their order
 * @param answer the Spark types of the first of them, which the result has; none where it has no
 *     column of the table
 * @param key the partition key's columns in key order, then the first clustering columns
 * @param never whether no row of the table can satisfy the condition, so that nothing is asked
 */
record LookupQuery(
    JoinKind kind,
    SelectQuery select,
    List<ColumnSpec> columns,
    StructType answer,
    List<KeyColumn> key,
    boolean never)
    implements Serializable {
  /** Copies the lists. */
  LookupQuery {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
  }

  /**
   * Asks for the rows of several keys. The position of the key among the answers is {@link
   * #keyPosition}. Null where keys are asked for one by one: those of several columns, as {@code
   * IN} takes one, and all where there are conditions, which an index may evaluate for one
   * partition only.
   */
  @Nullable SelectQuery ofSeveral() {
    if (key.size() > 1 || !select.restrictions().isEmpty()) {
      return null;
    }
    List<Selection> selections = new ArrayList<>(select.selections());
    if (keyPosition() == selections.size()) {
      selections.add(Selection.of(key.get(0).column().name()));
    }
    return new SelectQuery(
        select.table(),
        selections,
        List.of(),
        List.of(),
        List.of(),
        new RowLimits(0, select.limits().rows()),
        false);
  }

  /** Where the first column of the key is among the answers to {@link #ofSeveral}. */
  int keyPosition() {
    int selected = select.selections().indexOf(Selection.of(key.get(0).column().name()));
    return selected < 0 ? select.selections().size() : selected;
  }

  /** How many clustering columns the key has. */
  int clustering() {
    return key.size() - select.table().partitionKey().size();
  }
}
