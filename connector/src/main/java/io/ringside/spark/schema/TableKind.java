// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.schema;

import java.util.Locale;

/** What a table name stands for in Cassandra. */
public enum TableKind {
  /** An ordinary table. */
  TABLE,
  /** A materialized view: readable, never writable. */
  MATERIALIZED_VIEW,
  /** A virtual table: the state of one node, no token ring. */
  VIRTUAL;

  /** Its name in messages, such as {@code materialized view}. */
  public String displayName() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
