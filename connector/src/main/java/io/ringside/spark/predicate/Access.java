// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.predicate;

import io.ringside.spark.cql.CqlValue;
import io.ringside.spark.ring.RingRange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the rows that can satisfy a query's predicates are reached. Immutable. Driver only. */
public sealed interface Access {

  /** No row can satisfy the predicates, so nothing is read. */
  record Nothing() implements Access {}

  /**
   * Partitions by key.
   *
   * @param values of each partition key column, in key order; the keys are all their combinations
   * @param tokens the only tokens that keys may have, along the ring; null for any token
   */
  record Keys(List<List<CqlValue>> values, @Nullable List<RingRange> tokens) implements Access {
    /** The number of keys, at least 1. */
    public long count() {
      long keys = 1;
      for (List<CqlValue> ofColumn : values) {
        keys *= ofColumn.size();
      }
      return keys;
    }

    /** All keys, each with its values in key order. */
    public List<List<CqlValue>> combinations() {
      return Access.combinations(values);
    }
  }

  /**
   * A scan of the ring.
   *
   * @param tokens the only tokens that rows may have, along the ring; null for the whole ring
   */
  record Ring(@Nullable List<RingRange> tokens) implements Access {}

  /** All lists with one value of each list, in order. */
  static List<List<CqlValue>> combinations(List<List<CqlValue>> values) {
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
