// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.predicate;

import io.ringside.spark.cql.CqlValue;
import io.ringside.spark.cql.HiddenColumn;
import io.ringside.spark.cql.Restriction;
import io.ringside.spark.cql.Selection;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.types.CqlKind;
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
 * <p>A full partition key with {@code =} or {@code IN} becomes lookups of partitions; then the
 * clustering columns are restricted from the first on, as far as CQL goes without filtering. All
 * else, clustering columns in a scan of the ring included, needs an index or filtering in the
 * server.
 */
public final class PredicatePushdown {
  /** Combinations of {@code IN} lists on clustering columns of one partition. */
  private static final long MOST_ROWS_BY_IN = 1000;

  private final TableSpec table;
  private final ServerComparisons server;
  private final long mostKeys;
  private final Reach reach;
  private final Set<String> given;
  private final Map<String, ColumnConstraint> constraints = new LinkedHashMap<>();
  private final Map<Predicate, Comparison> accepted = new LinkedHashMap<>();
  private final Map<String, String> unserved = new LinkedHashMap<>();
  private final List<Predicate> residual = new ArrayList<>();
  private final List<Refusal> refusals = new ArrayList<>();
  private final Set<String> compared = new LinkedHashSet<>();
  private final Set<String> used = new LinkedHashSet<>();
  private final List<Restriction> restrictions = new ArrayList<>();
  private final TokenBounds tokens = new TokenBounds();
  private final List<Predicate> ofTokens = new ArrayList<>();
  private boolean filtering;

  private PredicatePushdown(TableSpec table, long mostKeys, Reach reach, Set<String> given) {
    this.table = table;
    this.given = given;
    this.server = new ServerComparisons(table, reach);
    this.mostKeys = mostKeys;
    this.reach = reach;
  }

  /**
   * Splits predicates, all of which a row must satisfy.
   *
   * @param schema the table's Spark schema
   * @param mostKeys look up partitions by key when there are at most this many keys
   */
  public static Pushdown of(
      TableSpec table, StructType schema, List<Predicate> predicates, long mostKeys, Reach reach) {
    PredicatePushdown pushdown = new PredicatePushdown(table, mostKeys, reach, Set.of());
    predicates.forEach(predicate -> pushdown.accept(predicate, schema));
    return pushdown.decide();
  }

  /**
   * Splits predicates on rows that are looked up: the statement restricts the partition key, and
   * perhaps leading clustering columns, to values that come while the query runs.
   *
   * @param schema the table's Spark schema
   * @param given the columns that have such values, which the predicates do not name
   */
  public static Pushdown ofLookups(
      TableSpec table,
      StructType schema,
      List<Predicate> predicates,
      Reach reach,
      Set<String> given) {
    PredicatePushdown pushdown = new PredicatePushdown(table, 0, reach, Set.copyOf(given));
    predicates.forEach(predicate -> pushdown.accept(predicate, schema));
    return pushdown.decide();
  }

  private void accept(Predicate predicate, StructType schema) {
    Predicate ofToken = table.features().longTokens() ? TokenCall.asColumn(table, predicate) : null;
    Comparison comparison = Comparison.of(ofToken == null ? predicate : ofToken);
    if (comparison == null) {
      refuse(predicate, "CQL compares a column with literals only");
    } else if (ofToken != null || isToken(comparison)) {
      if (tokens.add(comparison)) {
        ofTokens.add(predicate);
      } else {
        refuse(predicate, "the token is not compared with a few whole numbers");
      }
    } else if (table.column(comparison.column()) == null) {
      refuse(predicate, "CQL does not restrict hidden columns");
    } else if (comparison.operator() == Comparison.Operator.NOT_NULL) {
      accepted.put(predicate, comparison);
    } else {
      constrain(predicate, comparison, schema);
    }
  }

  private void constrain(Predicate predicate, Comparison comparison, StructType schema) {
    String name = comparison.column();
    compared.add(name);
    ColumnSpec column = table.column(name);
    ColumnConstraint constraint = constraints.get(name);
    if (constraint == null && column != null) {
      StructField field = schema.fields()[schema.fieldIndex(name)];
      constraint = new ColumnConstraint(table, column, field.dataType(), server);
    }
    String refusal = constraint == null ? "no such column" : constraint.add(comparison);
    if (refusal == null && constraint != null) {
      constraints.put(name, constraint);
      accepted.put(predicate, comparison);
    } else {
      refuse(predicate, String.valueOf(refusal));
    }
  }

  private void refuse(Predicate predicate, String reason) {
    residual.add(predicate);
    refusals.add(new Refusal(PredicateText.of(predicate), reason));
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
      return result(new Access.Nothing());
    }
    List<List<CqlValue>> key = given.isEmpty() ? key() : null;
    restrictClustering(key != null || !given.isEmpty());
    for (ColumnSpec column : table.columns()) {
      if (!column.kind().isPrimaryKey()) {
        filter(column);
      }
    }
    return result(
        key == null ? new Access.Ring(tokens.ranges()) : new Access.Keys(key, tokens.ranges()));
  }

  private Pushdown result(Access access) {
    List<Predicate> pushed = new ArrayList<>(ofTokens);
    accepted.forEach(
        (predicate, comparison) -> {
          if (isServed(comparison)) {
            pushed.add(predicate);
          } else if (comparison.operator() != Comparison.Operator.NOT_NULL) {
            refuse(predicate, unserved.getOrDefault(comparison.column(), ""));
          } else if (compared.contains(comparison.column())) {
            // Spark adds it to every comparison, whose refusal says enough.
            residual.add(predicate);
          } else {
            refuse(predicate, "CQL has no IS NOT NULL");
          }
        });
    return new Pushdown(access, pushed, residual, restrictions, filtering, refusals, warnings());
  }

  private List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    constraints.forEach(
        (name, constraint) -> {
          for (String text : constraint.neverShown()) {
            warnings.add(
                "No row of %s has %s = '%s': Spark sees each value of CQL type %s as one text, as docs/types.md says, and no value as this one. Write the literal as Spark shows the value."
                    .formatted(table.displayName(), name, text, typeOf(name)));
          }
        });
    return warnings;
  }

  private String typeOf(String name) {
    ColumnSpec column = table.column(name);
    return column == null ? "" : column.type().asCql(false, false);
  }

  /** A column that is compared is not null, nor is a key column that has no empty cells. */
  private boolean isServed(Comparison comparison) {
    ColumnSpec column = table.column(comparison.column());
    return used.contains(comparison.column())
        || (comparison.operator() == Comparison.Operator.NOT_NULL
            && column != null
            && column.kind() == ColumnKind.PARTITION_KEY
            && !LiteralCells.mayBeEmpty(table, column));
  }

  private @Nullable List<List<CqlValue>> key() {
    List<List<CqlValue>> key = new ArrayList<>();
    long keys = 1;
    String refusal = null;
    for (ColumnSpec column : table.partitionKey()) {
      ColumnConstraint constraint = constraints.get(column.name());
      if (constraint == null || !constraint.hasValues()) {
        refusal = "only = or IN on the whole partition key is looked up";
      } else if (!CqlKind.of(column.type()).findsAllKeys()) {
        refusal =
            "equal values of '%s' may be different keys in Cassandra".formatted(column.name());
      } else {
        List<CqlValue> values = constraint.values();
        keys = keys > mostKeys ? keys : keys * values.size();
        key.add(values);
      }
    }
    if (refusal == null && keys > mostKeys) {
      refusal =
          mostKeys == 0
              ? "a scan is estimated to be cheaper than %d lookups".formatted(keys)
              : "more than %d keys".formatted(mostKeys);
    }
    for (ColumnSpec column : table.partitionKey()) {
      if (refusal == null) {
        used.add(column.name());
      } else {
        unserved.put(column.name(), refusal);
      }
    }
    return refusal == null ? key : null;
  }

  private void restrictClustering(boolean inPartition) {
    boolean leading = inPartition;
    long rowsByIn = 1;
    for (ColumnSpec column : table.clusteringColumns()) {
      if (given.contains(column.name())) {
        continue;
      }
      ColumnConstraint constraint = constraints.get(column.name());
      if (!leading || constraint == null) {
        leading = false;
        filter(column);
        continue;
      }
      if (constraint.hasValues()) {
        rowsByIn *= constraint.values().size();
        if (rowsByIn > MOST_ROWS_BY_IN) {
          unserved.put(column.name(), "more than %d rows by IN".formatted(MOST_ROWS_BY_IN));
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
    if (constraint == null) {
      return;
    }
    if (constraint.hasValues() && constraint.values().size() != 1) {
      unserved.put(column.name(), "CQL has IN for key columns only, from the first on");
    } else if (reach == Reach.FILTERING) {
      use(column, constraint);
      filtering = true;
    } else if (restrictions.isEmpty() && server.isServed(column, constraint.hasValues())) {
      use(column, constraint);
    } else {
      unserved.put(
          column.name(),
          reach == Reach.KEY
              ? "statements by key restrict key columns only, from the first on"
              : "it needs ALLOW FILTERING, which read.allow-filtering does not let it have here");
    }
  }

  private void use(ColumnSpec column, ColumnConstraint constraint) {
    used.add(column.name());
    restrictions.addAll(constraint.restrictions());
  }
}
