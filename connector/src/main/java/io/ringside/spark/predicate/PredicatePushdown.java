// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.predicate;

import io.ringside.spark.config.AllowFiltering;
import io.ringside.spark.cql.CqlValue;
import io.ringside.spark.cql.HiddenColumn;
import io.ringside.spark.cql.Restriction;
import io.ringside.spark.cql.Selection;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.IndexSpec;
import io.ringside.spark.schema.TableSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Decides which predicates Cassandra can evaluate exactly as Spark does, and how. Decision and
 * compilation are one: what is accepted is what the restrictions say. Pure. Driver only; one per
 * query.
 *
 * <p>A full partition key with {@code =} or {@code IN} becomes look-ups of partitions; then the
 * clustering columns are restricted from the first on, as far as CQL goes without filtering. All
 * else, clustering columns in a scan of the ring included, needs an index or filtering in the
 * server.
 */
public final class PredicatePushdown {
  /** Combinations of {@code IN} lists on clustering columns of one partition. */
  private static final long MOST_ROWS_BY_IN = 1000;

  private final TableSpec table;
  private final long mostKeys;
  private final boolean mayFilter;
  private final Map<String, ColumnConstraint> constraints = new LinkedHashMap<>();
  private final Map<Predicate, Comparison> accepted = new LinkedHashMap<>();
  private final List<Predicate> residual = new ArrayList<>();
  private final Set<String> used = new LinkedHashSet<>();
  private final List<Restriction> restrictions = new ArrayList<>();
  private final TokenBounds tokens = new TokenBounds();
  private final List<Predicate> ofTokens = new ArrayList<>();
  private boolean filtering;

  private PredicatePushdown(TableSpec table, long mostKeys, boolean mayFilter) {
    this.table = table;
    this.mostKeys = mostKeys;
    this.mayFilter = mayFilter;
  }

  /**
   * Splits predicates, all of which a row must satisfy.
   *
   * @param schema the table's Spark schema
   * @param mostKeys look up partitions by key when there are at most so many keys
   * @param mayFilter whether the server may read rows that it then leaves out; see {@link
   *     AllowFiltering}
   */
  public static Pushdown of(
      TableSpec table,
      StructType schema,
      List<Predicate> predicates,
      long mostKeys,
      boolean mayFilter) {
    PredicatePushdown pushdown = new PredicatePushdown(table, mostKeys, mayFilter);
    predicates.forEach(predicate -> pushdown.accept(predicate, schema));
    return pushdown.decide();
  }

  private void accept(Predicate predicate, StructType schema) {
    Predicate ofToken = table.features().longTokens() ? TokenCall.asColumn(table, predicate) : null;
    Comparison comparison = Comparison.of(ofToken == null ? predicate : ofToken);
    if (comparison != null && (ofToken != null || isToken(comparison))) {
      (tokens.add(comparison) ? ofTokens : residual).add(predicate);
      return;
    }
    ColumnSpec column = comparison == null ? null : table.column(comparison.column());
    if (comparison == null || column == null) {
      residual.add(predicate);
      return;
    }
    if (comparison.operator() == Comparison.Operator.NOT_NULL) {
      accepted.put(predicate, comparison);
      return;
    }
    boolean soleKey = column.kind() == ColumnKind.PARTITION_KEY && table.partitionKey().size() == 1;
    ColumnConstraint constraint = constraints.get(column.name());
    if (constraint == null) {
      StructField field = schema.fields()[schema.fieldIndex(column.name())];
      constraint = new ColumnConstraint(column, field.dataType(), soleKey);
    }
    if (constraint.add(comparison)) {
      constraints.put(column.name(), constraint);
      accepted.put(predicate, comparison);
    } else {
      residual.add(predicate);
    }
  }

  private boolean isToken(Comparison comparison) {
    HiddenColumn hidden = HiddenColumn.find(table, comparison.column());
    return hidden != null && hidden.selection().kind() == Selection.Kind.TOKEN;
  }

  private Pushdown decide() {
    boolean empty = tokens.isContradictory();
    empty |= constraints.values().stream().anyMatch(ColumnConstraint::isContradictory);
    if (empty) {
      used.addAll(constraints.keySet());
      return result(true, null);
    }
    List<List<CqlValue>> key = key();
    restrictClustering(key != null);
    for (ColumnSpec column : table.columns()) {
      if (!column.kind().isPrimaryKey()) {
        filter(column);
      }
    }
    return result(false, key);
  }

  private Pushdown result(boolean empty, @Nullable List<List<CqlValue>> key) {
    List<Predicate> pushed = new ArrayList<>(ofTokens);
    List<Predicate> left = new ArrayList<>(residual);
    accepted.forEach(
        (predicate, comparison) -> (isServed(comparison) ? pushed : left).add(predicate));
    return new Pushdown(
        pushed, left, empty, tokens.ranges(), key, List.copyOf(restrictions), filtering);
  }

  /** A column that is compared, or part of the partition key, is not null. */
  private boolean isServed(Comparison comparison) {
    ColumnSpec column = table.column(comparison.column());
    return used.contains(comparison.column())
        || (comparison.operator() == Comparison.Operator.NOT_NULL
            && column != null
            && column.kind() == ColumnKind.PARTITION_KEY);
  }

  private @Nullable List<List<CqlValue>> key() {
    List<List<CqlValue>> key = new ArrayList<>();
    long keys = 1;
    for (ColumnSpec column : table.partitionKey()) {
      ColumnConstraint constraint = constraints.get(column.name());
      if (constraint == null || !constraint.hasValues() || !LiteralCells.identifiesKeys(column)) {
        return null;
      }
      List<CqlValue> values = constraint.values();
      keys *= values.size();
      if (keys > mostKeys) {
        return null;
      }
      key.add(values);
    }
    table.partitionKey().forEach(column -> used.add(column.name()));
    return key;
  }

  private void restrictClustering(boolean inPartition) {
    boolean leading = inPartition;
    long rowsByIn = 1;
    for (ColumnSpec column : table.clusteringColumns()) {
      ColumnConstraint constraint = constraints.get(column.name());
      if (!leading || constraint == null) {
        leading = false;
        filter(column);
        continue;
      }
      if (constraint.hasValues()) {
        rowsByIn *= constraint.values().size();
        if (rowsByIn > MOST_ROWS_BY_IN) {
          leading = false;
          continue;
        }
      } else {
        leading = false;
      }
      use(column, constraint);
    }
  }

  /** Restricts a column where that takes an index or filtering; CQL then knows no {@code IN}. */
  private void filter(ColumnSpec column) {
    ColumnConstraint constraint = constraints.get(column.name());
    if (constraint == null || (constraint.hasValues() && constraint.values().size() != 1)) {
      return;
    }
    boolean indexed = isIndexed(column, !constraint.hasValues());
    if (mayFilter) {
      use(column, constraint);
      filtering = true;
    } else if (indexed && restrictions.isEmpty()) {
      use(column, constraint);
    }
  }

  private boolean isIndexed(ColumnSpec column, boolean ranges) {
    for (IndexSpec index : table.indexes()) {
      if (index.column().equals(column.name()) && (index.ranges() || !ranges)) {
        return true;
      }
    }
    return false;
  }

  private void use(ColumnSpec column, ColumnConstraint constraint) {
    used.add(column.name());
    restrictions.addAll(constraint.restrictions());
  }
}
