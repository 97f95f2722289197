// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.predicate;

import io.ringside.spark.cql.Restriction;
import io.ringside.spark.cql.SelectQuery;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.types.CqlKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.connector.expressions.NullOrdering;
import org.apache.spark.sql.connector.expressions.SortDirection;
import org.apache.spark.sql.connector.expressions.SortOrder;

/** Which orders of Spark are orders of a partition's rows. Pure. Driver only. */
final class ClusteringOrders {
  private ClusteringOrders() {}

  /**
   * The order in CQL, or why a partition has no such order: it has that of its clustering columns
   * and the reverse, those that have one value left out. Cassandra sorts a cell without bytes, null
   * in Spark, before all others.
   */
  static Decision<List<SelectQuery.Ordering>> of(
      TableSpec table, Pushdown pushdown, SortOrder[] orders) {
    String what = text(orders);
    if (pushdown.keys() != 1) {
      return Decision.refuse(what, "only the rows of one partition are in order");
    }
    ServerComparisons server = new ServerComparisons(table, Reach.INDEX);
    if (pushdown.restrictions().stream().anyMatch(r -> server.hasIndex(r.column()))) {
      return Decision.refuse(what, "Cassandra gives no order to rows that it finds by an index");
    }
    List<SelectQuery.Ordering> clustering = new ArrayList<>();
    Boolean reversed = null;
    int next = 0;
    List<ColumnSpec> columns = table.clusteringColumns();
    for (SortOrder order : orders) {
      while (next < columns.size() && hasOneValue(columns.get(next), pushdown)) {
        next++;
      }
      if (next == columns.size() || !isOrdered(table, columns.get(next), order)) {
        return Decision.refuse(what, "it is not the order of the clustering columns");
      }
      boolean descending = order.direction() == SortDirection.DESCENDING;
      boolean reverse = descending != columns.get(next).descending();
      if (reversed != null && reversed != reverse) {
        return Decision.refuse(what, "it reverses some clustering columns and others not");
      }
      reversed = reverse;
      clustering.add(new SelectQuery.Ordering(columns.get(next).name(), descending));
      next++;
    }
    return Decision.accept(clustering);
  }

  /** The order as a user wrote it, for EXPLAIN. */
  static String text(SortOrder[] orders) {
    return Arrays.stream(orders)
        .map(order -> PredicateText.of(order.expression()) + " " + order.direction())
        .collect(Collectors.joining(", ", "ORDER BY ", ""));
  }

  private static boolean isOrdered(TableSpec table, ColumnSpec column, SortOrder order) {
    NullOrdering natural =
        order.direction() == SortDirection.DESCENDING
            ? NullOrdering.NULLS_LAST
            : NullOrdering.NULLS_FIRST;
    return column.name().equals(ColumnReference.of(order.expression()))
        && CqlKind.of(column.type()).ordersAlike()
        && (order.nullOrdering() == natural || !LiteralCells.mayBeEmpty(table, column));
  }

  private static boolean hasOneValue(ColumnSpec column, Pushdown pushdown) {
    return pushdown.restrictions().stream()
        .anyMatch(
            restriction ->
                restriction.column().equals(column.name())
                    && restriction.operator() == Restriction.Operator.EQUAL);
  }
}
