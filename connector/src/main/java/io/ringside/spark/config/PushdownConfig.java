// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What of a query Cassandra may evaluate. Made and used on the driver.
 *
 * @param enabled whether Cassandra evaluates predicates, limits and aggregates at all
 * @param maxKeys partition keys up to which partitions are looked up, at least 0
 * @param perPartitionLimit rows that a query reads of each partition at most, or null for all
 * @param where relations of CQL that all rows of a query fulfil besides, or null
 */
public record PushdownConfig(
    boolean enabled,
    AllowFiltering allowFiltering,
    int maxKeys,
    @Nullable Integer perPartitionLimit,
    @Nullable String where)
    implements Serializable {
  /** The option that makes a query one of some of the table's rows, or null. */
  public @Nullable String optionOfRows() {
    if (perPartitionLimit != null) {
      return ReadOptions.PER_PARTITION_LIMIT.key();
    }
    return where == null ? null : ReadOptions.WHERE.key();
  }

  static PushdownConfig of(OptionResolver options) {
    return new PushdownConfig(
        options.get(ReadOptions.PUSHDOWN),
        options.get(ReadOptions.ALLOW_FILTERING),
        options.get(ReadOptions.MAX_KEYS),
        options.find(ReadOptions.PER_PARTITION_LIMIT),
        options.find(ReadOptions.WHERE));
  }
}
