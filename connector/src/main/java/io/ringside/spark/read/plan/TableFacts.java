// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.plan;

import io.ringside.spark.cql.CqlValue;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What planning must know of a table's cluster. Each is found out when it is first asked for, so
 * that a query pays only for what its plan needs, and is the same ever after: all of one scan is
 * planned from the same. Driver only; one per query.
 */
public interface TableFacts {
  /** The ring and its owners. */
  TableLayout layout();

  /** How large the table is; may ask the cluster. */
  TableSizes sizes();

  /** As {@link #sizes}, or null when the cluster would have to be asked. */
  @Nullable TableSizes knownSizes();

  /**
   * The tokens of partition keys, in their order.
   *
   * @param keys the values of each key's columns, in key order
   */
  List<BigInteger> tokens(List<List<CqlValue>> keys);
}
