// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.schema;

/** What a table name stands for in Cassandra. */
public enum TableKind {
  /** An ordinary table. */
  TABLE,
  /** A materialized view: readable, never writable. */
  MATERIALIZED_VIEW,
  /** A virtual table: the state of one node, no token ring. */
  VIRTUAL,
  /** A table that each node keeps for itself, such as those of the keyspace {@code system}. */
  NODE_LOCAL;

  /** True when a node's rows are its own, not those of its part of the token ring. */
  public boolean isOfOneNode() {
    return this == VIRTUAL || this == NODE_LOCAL;
  }

  /** Its name in messages, such as {@code materialized view}. */
  public String displayName() {
    return switch (this) {
      case TABLE -> "table";
      case MATERIALIZED_VIEW -> "materialized view";
      case VIRTUAL -> "virtual table";
      case NODE_LOCAL -> "table of one node";
    };
  }
}
