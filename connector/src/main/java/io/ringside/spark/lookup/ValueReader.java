// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.lookup;

import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;

/** Reads values of one type as {@link Travel} has them. One per column and task. */
@FunctionalInterface
interface ValueReader {
  /** The value, which is not null. */
  Object read(SpecializedGetters row, int ordinal);
}
