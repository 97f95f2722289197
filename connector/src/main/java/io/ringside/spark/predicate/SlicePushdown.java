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
  /** Partitions that a statement changes from Spark's driver; of more, tasks do. */
  private static final long MOST_KEYS = 1000;

  private SlicePushdown() {}

  /**
   * The slices that hold exactly the rows that satisfy all predicates, or null when predicates say
   * more than CQL can by key, or name more than 1,000 partitions.
   *
   * @param schema the table's Spark schema
   */
  public static @Nullable PartitionSlices of(
      TableSpec table, StructType schema, List<Predicate> predicates) {
    Pushdown pushdown = decide(table, schema, predicates);
    if (pushdown.empty()) {
      return new PartitionSlices(List.of(), List.of());
    }
    boolean exact = pushdown.tokens() == null && pushdown.residual().isEmpty();
    return exact && pushdown.access() instanceof Access.Keys keys
        ? new PartitionSlices(keys.combinations(), pushdown.restrictions())
        : null;
  }

  /** What the user should know of predicates that no row can satisfy; full sentences. */
  public static List<String> warnings(
      TableSpec table, StructType schema, List<Predicate> predicates) {
    return decide(table, schema, predicates).warnings();
  }

  private static Pushdown decide(TableSpec table, StructType schema, List<Predicate> predicates) {
    return PredicatePushdown.of(table, schema, predicates, MOST_KEYS, Reach.KEY);
  }
}
