// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.plan;

/** What the tasks of a scan answer. Driver only. */
public enum ScanForm {
  /** Rows, or groups: none for nothing. */
  ROWS,
  /** Each task a part of an aggregate of the whole table, which Spark adds up. */
  PARTS_OF_AGGREGATE,
  /** One task the counts of the whole table, or a few where it has more than one task's work. */
  ONE_COUNT
}
