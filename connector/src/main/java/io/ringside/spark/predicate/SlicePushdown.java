// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.predicate;

import io.ringside.spark.cql.PartitionSlices;
import io.ringside.spark.schema.TableSpec;
import java.util.List;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Decides which predicates name exactly the rows of a few statements by key. Pure. Driver only. */
public final class SlicePushdown {
  private SlicePushdown() {}

  /**
   * The slices that hold exactly the rows that satisfy all predicates, or null when predicates say
   * more than CQL can by key.
   *
   * @param schema the table's Spark schema
   * @param mostKeys at most so many partitions
   */
  public static @Nullable PartitionSlices of(
      TableSpec table, StructType schema, List<Predicate> predicates, long mostKeys) {
    TableSpec withoutIndexes =
        new TableSpec(
            table.keyspace(),
            table.table(),
            table.id(),
            table.kind(),
            table.columns(),
            List.of(),
            table.features());
    Pushdown pushdown = PredicatePushdown.of(withoutIndexes, schema, predicates, mostKeys, false);
    if (pushdown.empty()) {
      return new PartitionSlices(List.of(), List.of());
    }
    if (pushdown.key() == null || pushdown.tokens() != null || !pushdown.residual().isEmpty()) {
      return null;
    }
    return new PartitionSlices(Pushdown.combinations(pushdown.key()), pushdown.restrictions());
  }
}
