// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cql;

/**
 * The markers of a statement's {@code USING} clause, in this order.
 *
 * @param timestamp whether a marker takes the write time in microseconds
 * @param ttl whether a marker takes the time to live in seconds
 */
public record Using(boolean timestamp, boolean ttl) {
  /** No clause. */
  public static final Using NOTHING = new Using(false, false);
}
