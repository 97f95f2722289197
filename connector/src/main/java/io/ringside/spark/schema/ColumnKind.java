// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.schema;

/** The part a column plays in its table's primary key. */
public enum ColumnKind {
  /** A component of the partition key; one of several may be without bytes, null for Spark. */
  PARTITION_KEY,
  /** A clustering column; null in a row of static cells alone, and for Spark without bytes. */
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
