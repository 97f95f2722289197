// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

/** What a Spark null in a regular or static column does to the cell that is already there. */
public enum NullHandling {
  /** Nothing: the cell is not part of the statement. */
  UNSET,
  /** The cell is deleted, at the cost of a tombstone. */
  TOMBSTONE
}
