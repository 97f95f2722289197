// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cql;

import java.io.Serializable;

/**
 * How many rows of an answer are enough. Sent to executors.
 *
 * @param rows most rows of an answer, the first in its order; 0 for no limit
 * @param perPartition most rows of each partition, the first in the answer's order; 0 for no limit
 */
public record RowLimits(int rows, int perPartition) implements Serializable {
  /** All rows. */
  public static final RowLimits NONE = new RowLimits(0, 0);
}
