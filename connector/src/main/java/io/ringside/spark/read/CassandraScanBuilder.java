// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read;

import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.config.ReadConfig;
import io.ringside.spark.cql.Restriction;
import io.ringside.spark.cql.RowLimits;
import io.ringside.spark.cql.SelectQuery;
import io.ringside.spark.error.UnsupportedException;
import io.ringside.spark.predicate.Access;
import io.ringside.spark.predicate.AggregatePushdown;
import io.ringside.spark.predicate.Pushdown;
import io.ringside.spark.predicate.QueryPushdown;
import io.ringside.spark.predicate.Refusal;
import io.ringside.spark.read.fetch.BatchVectors;
import io.ringside.spark.read.plan.CountSplit;
import io.ringside.spark.read.plan.ScanForm;
import io.ringside.spark.read.plan.SessionTableFacts;
import io.ringside.spark.read.plan.SplitRequest;
import io.ringside.spark.read.plan.TableFacts;
import io.ringside.spark.schema.TableSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.connector.expressions.SortOrder;
import org.apache.spark.sql.connector.expressions.aggregate.Aggregation;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.SupportsPushDownAggregates;
import org.apache.spark.sql.connector.read.SupportsPushDownLimit;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.SupportsPushDownTopN;
import org.apache.spark.sql.connector.read.SupportsPushDownV2Filters;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects what a query wants of a table and builds its scan. Spark calls the methods in the order:
 * predicates, aggregate, limit or top rows, columns. Driver only; one per query.
 */
public final class CassandraScanBuilder
    implements ScanBuilder,
        SupportsPushDownRequiredColumns,
        SupportsPushDownV2Filters,
        SupportsPushDownAggregates,
        SupportsPushDownTopN,
        SupportsPushDownLimit {
  private static final Logger LOG = LoggerFactory.getLogger(CassandraScanBuilder.class);

  private final TableSpec table;
  private final StructType schema;
  private final ConnectorConfig config;
  private final TableFacts facts;
  private StructType required;
  private final QueryPushdown query;
  private final @Nullable WhereOption where;
  private final PredicatePlanner planner;
  private ScanForm form = ScanForm.ROWS;
  private boolean takesRuntimeKeys = true;

  /**
   * A scan of all columns and rows, until Spark asks for less.
   *
   * @param schema the table's Spark schema
   */
  public CassandraScanBuilder(TableSpec table, StructType schema, ConnectorConfig config) {
    this.table = table;
    this.schema = schema;
    this.required = schema;
    this.config = config;
    this.query = new QueryPushdown(table, schema);
    this.facts =
        new SessionTableFacts(table, config.connection(), config.read().split().sizeHint());
    if (perPartition() > 0) {
      query.chooseRowsFirst();
    }
    this.where = WhereOption.of(table, config);
    this.planner = new PredicatePlanner(table, schema, config.read(), facts, where);
    query.take(planner.withWhere(Pushdown.NONE));
  }

  /**
   * The scan will not ask for keys that become known while a query runs; for statements where
   * learning them would cost Spark another scan.
   */
  public CassandraScanBuilder withoutRuntimeKeys() {
    takesRuntimeKeys = false;
    return this;
  }

  /** Rows that are read of each partition at most; 0 for all. */
  private int perPartition() {
    return Objects.requireNonNullElse(config.read().push().perPartitionLimit(), 0);
  }

  @Override
  public Predicate[] pushPredicates(Predicate[] predicates) {
    if (!config.read().push().enabled()) {
      return predicates;
    }
    query.take(planner.plan(List.of(predicates)));
    return query.predicates().residual().toArray(Predicate[]::new);
  }

  @Override
  public Predicate[] pushedPredicates() {
    return query.predicates().pushed().toArray(Predicate[]::new);
  }

  @Override
  public boolean supportCompletePushDown(Aggregation aggregation) {
    return config.read().push().enabled()
        && perPartition() == 0
        && (AggregatePushdown.isComplete(table, aggregation, query.predicates())
            || countedByOneTask(aggregation));
  }

  /**
   * The servers do the work of a count: where there is not much of it, one task asks for as much at
   * a time as several would, and adds up itself.
   */
  private boolean countedByOneTask(Aggregation aggregation) {
    ReadConfig read = config.read();
    Pushdown pushdown = query.predicates();
    return AggregatePushdown.isCount(aggregation)
        && read.split().minSplits() == 1
        && pushdown.access() instanceof Access.Ring
        && pushdown.residual().isEmpty()
        && (pushdown.tokens() == null || read.split().tokenRanges().isEmpty())
        && facts.sizes().density().totalBytes()
            <= (double) read.split().splitBytes() * CountSplit.MOST_SPLITS;
  }

  @Override
  public boolean pushAggregation(Aggregation aggregation) {
    boolean pushed = config.read().push().enabled() && query.accept(aggregation);
    if (pushed && !isTakenWithWhere()) {
      query.leaveToSpark(aggregation, WhereOption.REFUSED);
      pushed = false;
    }
    form = pushed ? formOf(aggregation) : ScanForm.ROWS;
    return pushed;
  }

  private ScanForm formOf(Aggregation aggregation) {
    if (aggregation.groupByExpressions().length > 0) {
      return ScanForm.ROWS;
    }
    return countedByOneTask(aggregation) ? ScanForm.ONE_COUNT : ScanForm.PARTS_OF_AGGREGATE;
  }

  @Override
  public boolean pushLimit(int rows) {
    return config.read().push().enabled() && query.accept(rows);
  }

  /** The first rows of one partition, in the order of its clustering columns or the reverse. */
  @Override
  public boolean pushTopN(SortOrder[] orders, int rows) {
    boolean pushed = config.read().push().enabled() && query.accept(orders, rows);
    if (pushed && !isTakenWithWhere()) {
      query.leaveToSpark(orders, WhereOption.REFUSED);
      return false;
    }
    return pushed;
  }

  private boolean isTakenWithWhere() {
    if (where == null) {
      return true;
    }
    SelectQuery select = select(selected());
    return where.isTaken(
        query.predicates().key() == null ? select.tokenRange() : select.partition());
  }

  /** Each task stops at the limit by itself; Spark takes the first of all. */
  @Override
  public boolean isPartiallyPushed() {
    return true;
  }

  @Override
  public void pruneColumns(StructType requiredSchema) {
    this.required = SelectedColumns.schema(table, schema, requiredSchema);
  }

  /**
   * The scan.
   *
   * @throws UnsupportedException UNSUPPORTED_TYPE when a wanted column cannot be read; here, not in
   *     a task
   */
  @Override
  public Scan build() {
    Pushdown pushdown = query.predicates();
    if (where != null && !pushdown.empty()) {
      where.checkFiltering(pushdown, planner.mayFilter(pushdown));
    }
    AggregatePushdown aggregated = query.aggregate();
    StructType read = aggregated == null ? required : aggregated.schema();
    SelectedColumns selected = selected();
    SelectQuery select = select(selected);
    ScanPlan plan =
        new ScanPlan(
            select, selected.columns(), read, query.limit(), config.connection(), config.read());
    BatchVectors.of(plan.table(), plan.columns(), plan.readSchema());
    warn();
    SplitRequest request = new SplitRequest(pushdown, config.read().split(), form);
    return new CassandraScan(plan, request, query.refusals(), facts, runtimeKeys(select));
  }

  private SelectedColumns selected() {
    AggregatePushdown aggregated = query.aggregate();
    List<Restriction> restrictions = query.predicates().restrictions();
    return aggregated == null
        ? SelectedColumns.of(
            table, required, where == null ? restrictions : where.and(restrictions))
        : new SelectedColumns(aggregated.selections(), aggregated.columns());
  }

  private SelectQuery select(SelectedColumns selected) {
    Pushdown pushdown = query.predicates();
    AggregatePushdown aggregated = query.aggregate();
    return new SelectQuery(
        table,
        selected.selections(),
        pushdown.restrictions(),
        aggregated == null ? List.of() : aggregated.groupBy(),
        query.order(),
        new RowLimits(query.order().isEmpty() ? 0 : query.limit(), perPartition()),
        new SelectQuery.Filter(pushdown.filtering(), where == null ? null : where.text()));
  }

  private void warn() {
    query.predicates().warnings().forEach(LOG::warn);
    if (!query.refusals().isEmpty()) {
      LOG.debug(
          "Spark evaluates of a query of {}: {}",
          table.displayName(),
          Refusal.text(query.refusals()));
    }
  }

  /** How keys that become known while a query runs turn a scan of the ring into lookups. */
  private CassandraScan.@Nullable RuntimeKeys runtimeKeys(SelectQuery select) {
    Pushdown pushdown = query.predicates();
    List<Predicate> known = new ArrayList<>(pushdown.pushed());
    known.addAll(pushdown.residual());
    boolean scansRing = pushdown.access() instanceof Access.Ring && query.aggregate() == null;
    boolean looksUp = takesRuntimeKeys && scansRing && config.read().push().enabled();
    return looksUp && (where == null || where.isTaken(select.partition()))
        ? more -> {
          List<Predicate> all = new ArrayList<>(known);
          all.addAll(more);
          return planner.pushdown(all);
        }
        : null;
  }
}
