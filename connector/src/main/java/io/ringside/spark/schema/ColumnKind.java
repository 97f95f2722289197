// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.schema;

/** The part a column plays in its table's primary key. */
public enum ColumnKind {
  /** A component of the partition key; never null. */
  PARTITION_KEY,
  /** A clustering column; never null except in a row that has only static cells. */
  CLUSTERING,
  /** One value per partition. */
  STATIC,
  /** An ordinary cell. */
  REGULAR;

  /** True for partition key and clustering columns. */
  public boolean isPrimaryKey() {
    return this == PARTITION_KEY || this == CLUSTERING;
  }
}
