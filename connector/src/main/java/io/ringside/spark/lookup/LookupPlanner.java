// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.lookup;

import io.ringside.spark.config.AllowFiltering;
import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.cql.CqlValue;
import io.ringside.spark.cql.Restriction;
import io.ringside.spark.cql.RowLimits;
import io.ringside.spark.cql.SelectQuery;
import io.ringside.spark.cql.Selection;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.error.UnsupportedException;
import io.ringside.spark.flow.JobRate;
import io.ringside.spark.predicate.Access;
import io.ringside.spark.predicate.PredicatePushdown;
import io.ringside.spark.predicate.Pushdown;
import io.ringside.spark.predicate.Reach;
import io.ringside.spark.predicate.Refusal;
import io.ringside.spark.predicate.StaticSelection;
import io.ringside.spark.read.fetch.BatchVectors;
import io.ringside.spark.read.plan.SessionTableFacts;
import io.ringside.spark.read.plan.TableSizes;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Plans the lookups of a join: checks what is asked and says it in CQL. Driver only.
 *
 * @param schema the table's Spark schema
 * @param config the options of the read
 */
record LookupPlanner(TableSpec table, StructType schema, ConnectorConfig config) {
  /** The tasks of a Dataset are as many as can run at once, as far as is known before it runs. */
  private static final int MANY_TASKS = Integer.MAX_VALUE;

  private static final CqlValue ANY = new CqlValue(ByteBuffer.allocate(0));

  /**
   * The plan of the tasks.
   *
   * @param columns of the join
   * @param key those of {@code columns}, with positions in the rows that tasks get
   * @param datasetColumns first columns of these rows, which the result has
   * @throws InvalidInputException INVALID_VALUE when the condition is not one that CQL evaluates
   * @throws UnsupportedException UNSUPPORTED_TABLE or UNSUPPORTED_TYPE
   */
  LookupPlan plan(
      SparkSession spark,
      LookupRequest request,
      LookupColumns columns,
      List<KeyColumn> key,
      int datasetColumns) {
    Pushdown pushdown = pushdown(spark, request, columns.keyNames());
    SessionTableFacts facts =
        new SessionTableFacts(table, config.connection(), config.read().split().sizeHint());
    List<ColumnSpec> read = read(columns, pushdown.restrictions());
    SelectQuery select =
        new SelectQuery(
            table,
            read.stream().map(column -> Selection.of(column.name())).toList(),
            pushdown.restrictions(),
            List.of(),
            List.of(),
            request.kind().givesTableColumns() ? RowLimits.NONE : new RowLimits(1, 0),
            pushdown.filtering());
    BatchVectors.of(table, read, columns.answer());
    TableSizes sizes = facts.knownSizes();
    return new LookupPlan(
        new LookupQuery(request.kind(), select, read, columns.answer(), key, pushdown.empty()),
        datasetColumns,
        config.connection(),
        config.read(),
        facts.layout().partitioner(),
        sizes == null ? 0 : sizes.partitionBytes(),
        JobRate.perTask(config.read().rateLimit(), MANY_TASKS));
  }

  /**
   * Refuses a table that cannot be looked up by key.
   *
   * @throws UnsupportedException UNSUPPORTED_TABLE
   */
  void check() {
    if (table.kind().isOfOneNode()) {
      throw new UnsupportedException(
          ErrorCode.UNSUPPORTED_TABLE,
          "Cannot look up %s: each node has rows of its own. Read it, and join it in Spark."
              .formatted(table.displayName()));
    }
    String option = config.read().push().optionOfRows();
    if (option != null) {
      throw new UnsupportedException(
          ErrorCode.UNSUPPORTED_OPERATION,
          "Cannot look up %s: option '%s' is for scans. Leave it out."
              .formatted(table.displayName(), option));
    }
  }

  /** What the query selects: the result's columns, and what the statement needs besides. */
  private List<ColumnSpec> read(LookupColumns columns, List<Restriction> restrictions) {
    List<ColumnSpec> read = new ArrayList<>();
    for (StructField field : columns.answer().fields()) {
      read.add(Objects.requireNonNull(table.column(field.name())));
    }
    if (read.isEmpty()) {
      read.add(table.partitionKey().get(0));
    }
    List<Restriction> all = new ArrayList<>(restrictions);
    for (KeyColumn column : columns.key()) {
      all.add(new Restriction(column.column().name(), Restriction.Operator.EQUAL, ANY));
    }
    List<Selection> selections = read.stream().map(column -> Selection.of(column.name())).toList();
    ColumnSpec missing = StaticSelection.missingColumn(table, selections, all);
    if (missing != null) {
      read.add(missing);
    }
    return read;
  }

  private Pushdown pushdown(SparkSession spark, LookupRequest request, Set<String> key) {
    String condition = request.condition();
    if (condition == null) {
      return PredicatePushdown.ofLookups(table, schema, List.of(), Reach.KEY, key);
    }
    StructType others = new StructType();
    for (StructField field : schema.fields()) {
      others = key.contains(field.name()) ? others : others.add(field);
    }
    List<Predicate> predicates = ConditionSource.predicates(spark, others, condition);
    if (predicates == null) {
      return Pushdown.NONE.by(new Access.Nothing());
    }
    boolean filtering = config.read().push().allowFiltering() != AllowFiltering.NEVER;
    Pushdown pushdown =
        PredicatePushdown.ofLookups(
            table, schema, predicates, filtering ? Reach.FILTERING : Reach.INDEX, key);
    if (!pushdown.residual().isEmpty()) {
      throw new InvalidInputException(
          ErrorCode.INVALID_VALUE,
          "Cannot look up %s where %s: CQL does not evaluate it as Spark does: %s. Leave it out, and filter the result."
              .formatted(table.displayName(), condition, Refusal.text(pushdown.refusals())));
    }
    return pushdown;
  }
}
