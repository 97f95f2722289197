// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.predicate;

import io.ringside.spark.cql.HiddenColumn;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.types.StructType;

/**
 * The predicates of a query of which each partition gives some rows only: those that hold for all
 * rows of a partition or for none may run in Cassandra, the others count after the rows are chosen.
 * Pure. Driver only.
 */
public final class PartitionPredicates {
  private static final String AFTERWARDS =
      "option 'read.per-partition-limit' chooses the rows before";

  private PartitionPredicates() {}

  /**
   * What Cassandra evaluates of the predicates.
   *
   * @param schema the table's Spark schema
   * @param mostKeys partition keys up to which partitions are looked up
   */
  public static Pushdown of(
      TableSpec table, StructType schema, List<Predicate> predicates, int mostKeys) {
    List<Predicate> ofPartitions = new ArrayList<>();
    List<Predicate> ofRows = new ArrayList<>();
    for (Predicate predicate : predicates) {
      boolean whole =
          Arrays.stream(predicate.references()).allMatch(of -> isOfPartition(table, of));
      (whole ? ofPartitions : ofRows).add(predicate);
    }
    Pushdown pushed = PredicatePushdown.of(table, schema, ofPartitions, mostKeys, Reach.INDEX);
    List<Predicate> residual = new ArrayList<>(pushed.residual());
    residual.addAll(ofRows);
    List<Refusal> refusals = new ArrayList<>(pushed.refusals());
    ofRows.forEach(predicate -> refusals.add(refusal(PredicateText.of(predicate))));
    return new Pushdown(
        pushed.access(),
        pushed.pushed(),
        residual,
        pushed.restrictions(),
        pushed.filtering(),
        refusals,
        pushed.warnings());
  }

  private static boolean isOfPartition(TableSpec table, NamedReference reference) {
    String name = reference.fieldNames().length == 1 ? reference.fieldNames()[0] : "";
    ColumnSpec column = table.column(name);
    return column == null
        ? name.equals(HiddenColumn.TOKEN)
        : column.kind() == ColumnKind.PARTITION_KEY;
  }

  /** Why a part of such a query is left to Spark. */
  static Refusal refusal(String what) {
    return new Refusal(what, AFTERWARDS);
  }
}
