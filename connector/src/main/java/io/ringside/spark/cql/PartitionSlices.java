// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cql;

import java.util.List;

/**
 * The same slice of several partitions: rows that statements by key can name. Driver only.
 *
 * @param keys values of the partition key's columns, in key order; may be empty
 * @param restrictions of clustering columns from the first on; empty for whole partitions
 */
public record PartitionSlices(List<List<CqlValue>> keys, List<Restriction> restrictions) {
  /** Copies the lists. */
  public PartitionSlices {
    keys = keys.stream().map(List::copyOf).toList();
    restrictions = List.copyOf(restrictions);
  }
}
