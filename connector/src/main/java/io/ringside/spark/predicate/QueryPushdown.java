// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.predicate;

import io.ringside.spark.cql.SelectQuery;
import io.ringside.spark.schema.TableSpec;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.connector.expressions.SortOrder;
import org.apache.spark.sql.connector.expressions.aggregate.Aggregation;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Collects what Cassandra evaluates of one query, in the order in which Spark asks: predicates, an
 * aggregate, a limit or the first rows of an order. Each of them is computed from the rows that the
 * one before leaves, so nothing is accepted above something that Spark evaluates. Pure. Driver
 * only; one per query.
 */
public final class QueryPushdown {
  private static final String SPARK_FILTERS = "Spark evaluates some of the predicates";

  private final TableSpec table;
  private final StructType schema;
  private final List<Refusal> refusals = new ArrayList<>();
  private Pushdown predicates = Pushdown.NONE;
  private @Nullable AggregatePushdown aggregate;
  private List<SelectQuery.Ordering> order = List.of();
  private int limit;
  private boolean rowsAreChosen;

  /**
   * Nothing yet.
   *
   * @param schema the table's Spark schema
   */
  public QueryPushdown(TableSpec table, StructType schema) {
    this.table = table;
    this.schema = schema;
  }

  /** Takes the query's predicates, in place of any before. */
  public void take(Pushdown ofPredicates) {
    predicates = ofPredicates;
  }

  /** The query is one of some rows of each partition, which are chosen before anything else. */
  public void chooseRowsFirst() {
    rowsAreChosen = true;
  }

  /** Whether Cassandra computes the aggregate, all of it. */
  public boolean accept(Aggregation aggregation) {
    Decision<AggregatePushdown> decision =
        rowsAreChosen
            ? new Decision<>(null, PartitionPredicates.refusal(AggregatePushdown.text(aggregation)))
            : AggregatePushdown.of(table, schema, aggregation, predicates);
    if (decision.accepted() != null && !predicates.residual().isEmpty()) {
      decision = Decision.refuse(AggregatePushdown.text(aggregation), SPARK_FILTERS);
    }
    aggregate = accepted(decision);
    return aggregate != null;
  }

  /**
   * Whether each request ends after this many rows.
   *
   * @param rows more than 0
   */
  public boolean accept(int rows) {
    String reason = reasonForSpark();
    Decision<Integer> decision =
        reason == null ? Decision.accept(rows) : Decision.refuse("LIMIT " + rows, reason);
    Integer accepted = accepted(decision);
    limit = accepted == null ? 0 : accepted;
    return accepted != null;
  }

  /**
   * Whether the one partition of the query is read in this order, up to this many rows.
   *
   * @param rows more than 0
   */
  public boolean accept(SortOrder[] orders, int rows) {
    Decision<List<SelectQuery.Ordering>> decision =
        rowsAreChosen
            ? new Decision<>(null, PartitionPredicates.refusal(ClusteringOrders.text(orders)))
            : ClusteringOrders.of(table, predicates, orders);
    String reason = reasonForSpark();
    if (decision.accepted() != null && reason != null) {
      decision = Decision.refuse(ClusteringOrders.text(orders), reason);
    }
    List<SelectQuery.Ordering> accepted = accepted(decision);
    if (accepted != null) {
      order = accepted;
      limit = rows;
    }
    return accepted != null;
  }

  /** Leaves an aggregate that was accepted to Spark after all. */
  public void leaveToSpark(Aggregation aggregation, String reason) {
    aggregate = null;
    refusals.add(new Refusal(AggregatePushdown.text(aggregation), reason));
  }

  /** Leaves an order that was accepted to Spark after all, and the limit with it. */
  public void leaveToSpark(SortOrder[] orders, String reason) {
    order = List.of();
    limit = 0;
    refusals.add(new Refusal(ClusteringOrders.text(orders), reason));
  }

  private @Nullable String reasonForSpark() {
    if (!predicates.residual().isEmpty()) {
      return SPARK_FILTERS;
    }
    return aggregate == null ? null : "Spark takes it of the aggregate's groups";
  }

  private <T> @Nullable T accepted(Decision<T> decision) {
    if (decision.refusal() != null) {
      refusals.add(decision.refusal());
    }
    return decision.accepted();
  }

  /** What Cassandra evaluates of the predicates. */
  public Pushdown predicates() {
    return predicates;
  }

  /** The aggregate that Cassandra computes, or null when it answers rows. */
  public @Nullable AggregatePushdown aggregate() {
    return aggregate;
  }

  /** The order of the answer; empty for the table's own. */
  public List<SelectQuery.Ordering> order() {
    return order;
  }

  /** Rows after which a task needs no more; 0 for all. */
  public int limit() {
    return limit;
  }

  /** What Cassandra does not evaluate of the query, and why, in the order of the query's parts. */
  public List<Refusal> refusals() {
    List<Refusal> all = new ArrayList<>(predicates.refusals());
    all.addAll(refusals);
    return all;
  }
}
