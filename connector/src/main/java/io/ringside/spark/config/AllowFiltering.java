// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

/** When predicates may run as {@code ALLOW FILTERING} in the server. */
public enum AllowFiltering {
  /**
   * Where a request reads little even if it finds nothing: when Cassandra's estimates say how much
   * a token range holds, as ranges are then cut to a few megabytes, and partitions are no larger.
   */
  AUTO,
  /** Nowhere; indexes are used all the same. */
  NEVER,
  /** Everywhere. */
  ALWAYS
}
