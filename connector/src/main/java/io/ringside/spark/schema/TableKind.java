// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.schema;

/** What a table name stands for in Cassandra. */
public enum TableKind {
  /** An ordinary table. */
  TABLE,
  /** A materialized view: readable, never writable. */
  MATERIALIZED_VIEW,
  /** A virtual table: the state of one node, no token ring. */
  VIRTUAL
}
