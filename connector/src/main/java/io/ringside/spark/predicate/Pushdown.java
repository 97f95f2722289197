// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.predicate;

import io.ringside.spark.cql.CqlValue;
import io.ringside.spark.cql.Restriction;
import io.ringside.spark.ring.RingRange;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What of a query's predicates runs in Cassandra. Driver only.
 *
 * @param pushed predicates that Cassandra evaluates exactly
 * @param residual the others, which Spark evaluates
 * @param empty whether no row can satisfy the predicates
 * @param tokens the only tokens of rows that can satisfy the predicates, along the ring; null when
 *     predicates name none
 * @param key the values of each partition key column, in key order, or null for a scan of the ring
 * @param restrictions conditions besides the partition key
 * @param filtering whether they need {@code ALLOW FILTERING}
 */
public record Pushdown(
    List<Predicate> pushed,
    List<Predicate> residual,
    boolean empty,
    @Nullable List<RingRange> tokens,
    @Nullable List<List<CqlValue>> key,
    List<Restriction> restrictions,
    boolean filtering) {

  /** Of a query without predicates. */
  public static final Pushdown NONE =
      new Pushdown(List.of(), List.of(), false, null, null, List.of(), false);

  /** The number of partition keys to look up; 0 for a scan of the ring. */
  public long keys() {
    long keys = key == null ? 0 : 1;
    if (key != null) {
      for (List<CqlValue> values : key) {
        keys *= values.size();
      }
    }
    return keys;
  }

  /** All keys of one value of each column. */
  public static List<List<CqlValue>> combinations(List<List<CqlValue>> values) {
    List<List<CqlValue>> combinations = List.of(List.of());
    for (List<CqlValue> ofColumn : values) {
      List<List<CqlValue>> longer = new ArrayList<>(combinations.size() * ofColumn.size());
      for (List<CqlValue> start : combinations) {
        for (CqlValue value : ofColumn) {
          List<CqlValue> key = new ArrayList<>(start);
          key.add(value);
          longer.add(key);
        }
      }
      combinations = longer;
    }
    return combinations;
  }
}
