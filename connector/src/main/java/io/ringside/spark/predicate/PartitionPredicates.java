// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.predicate;

import io.ringside.spark.cql.HiddenColumn;
import io.ringside.spark.schema.TableSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.types.StructType;

/**
 * The predicates of a query of which an option chooses the rows. Where each partition gives some
 * rows only, those that hold for all rows of a partition or for none may run in Cassandra, the
 * others count after the rows are chosen. Beside a condition of the user, those on the primary key
 * may: the index that finds its rows may compare other columns in ways of its own, as SASI does,
 * which finds nothing where a static column is restricted as well. Pure. Driver only.
 */
public final class PartitionPredicates {
  private static final String AFTERWARDS =
      "option 'read.per-partition-limit' chooses the rows before";

  private static final String IN_ITS_OWN_WAY =
      "an index of 'read.where' may compare it otherwise than Spark";

  private PartitionPredicates() {}

  /**
   * What Cassandra evaluates of the predicates where each partition gives some rows only.
   *
   * @param schema the table's Spark schema
   * @param mostKeys partition keys up to which partitions are looked up
   */
  public static Pushdown of(
      TableSpec table, StructType schema, List<Predicate> predicates, int mostKeys) {
    return of(
        predicates,
        ofPartitions(table),
        pushed -> PredicatePushdown.of(table, schema, pushed, mostKeys, Reach.INDEX),
        AFTERWARDS);
  }

  /**
   * What Cassandra evaluates of the predicates beside a condition of the user.
   *
   * @param schema the table's Spark schema
   * @param mostKeys partition keys up to which partitions are looked up
   */
  public static Pushdown besideCondition(
      TableSpec table, StructType schema, List<Predicate> predicates, int mostKeys, Reach reach) {
    Set<String> ofKey = ofPartitions(table);
    table.clusteringColumns().forEach(column -> ofKey.add(column.name()));
    return of(
        predicates,
        ofKey,
        pushed -> PredicatePushdown.of(table, schema, pushed, mostKeys, reach),
        IN_ITS_OWN_WAY);
  }

  private static Pushdown of(
      List<Predicate> predicates,
      Set<String> columns,
      Function<List<Predicate>, Pushdown> push,
      String reason) {
    List<Predicate> candidates = new ArrayList<>();
    List<Predicate> others = new ArrayList<>();
    for (Predicate predicate : predicates) {
      boolean whole =
          Arrays.stream(predicate.references()).allMatch(of -> isOneOf(columns, of.fieldNames()));
      (whole ? candidates : others).add(predicate);
    }
    Pushdown pushed = push.apply(candidates);
    List<Predicate> residual = new ArrayList<>(pushed.residual());
    residual.addAll(others);
    List<Refusal> refusals = new ArrayList<>(pushed.refusals());
    others.forEach(predicate -> refusals.add(new Refusal(PredicateText.of(predicate), reason)));
    return new Pushdown(
        pushed.access(),
        pushed.pushed(),
        residual,
        pushed.restrictions(),
        pushed.filtering(),
        refusals,
        pushed.warnings());
  }

  private static boolean isOneOf(Set<String> columns, String[] reference) {
    return reference.length == 1 && columns.contains(reference[0]);
  }

  /** The columns that all rows of a partition have the same values in. */
  private static Set<String> ofPartitions(TableSpec table) {
    Set<String> columns = new HashSet<>();
    table.partitionKey().forEach(column -> columns.add(column.name()));
    if (table.column(HiddenColumn.TOKEN) == null) {
      columns.add(HiddenColumn.TOKEN);
    }
    return columns;
  }

  /** Why a part of such a query is left to Spark. */
  static Refusal refusal(String what) {
    return new Refusal(what, AFTERWARDS);
  }
}
