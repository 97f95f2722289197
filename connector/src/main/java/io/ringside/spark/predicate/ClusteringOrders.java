// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.predicate;

import io.ringside.spark.cql.Restriction;
import io.ringside.spark.cql.SelectQuery;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.connector.expressions.SortDirection;
import org.apache.spark.sql.connector.expressions.SortOrder;
import org.jspecify.annotations.Nullable;

/** Which orders of Spark are orders of a partition's rows. Pure. Driver only. */
public final class ClusteringOrders {
  private ClusteringOrders() {}

  /**
   * The order in CQL, or null when a partition has no such order: it has that of its clustering
   * columns and the reverse, those that have one value left out. Clustering columns are never null
   * in rows of one partition but the one of its static cells alone, so the order of nulls is no
   * matter.
   */
  public static @Nullable List<SelectQuery.Ordering> of(
      TableSpec table, Pushdown pushdown, SortOrder[] orders) {
    List<SelectQuery.Ordering> clustering = new ArrayList<>();
    Boolean reversed = null;
    int next = 0;
    List<ColumnSpec> columns = table.clusteringColumns();
    for (SortOrder order : orders) {
      while (next < columns.size() && hasOneValue(columns.get(next), pushdown)) {
        next++;
      }
      if (next == columns.size()
          || !columns.get(next).name().equals(ColumnReference.of(order.expression()))
          || !LiteralCells.ordersAlike(columns.get(next))) {
        return null;
      }
      boolean descending = order.direction() == SortDirection.DESCENDING;
      boolean reverse = descending != columns.get(next).descending();
      if (reversed != null && reversed != reverse) {
        return null;
      }
      reversed = reverse;
      clustering.add(new SelectQuery.Ordering(columns.get(next).name(), descending));
      next++;
    }
    return clustering;
  }

  private static boolean hasOneValue(ColumnSpec column, Pushdown pushdown) {
    return pushdown.restrictions().stream()
        .anyMatch(
            restriction ->
                restriction.column().equals(column.name())
                    && restriction.operator() == Restriction.Operator.EQUAL);
  }
}
