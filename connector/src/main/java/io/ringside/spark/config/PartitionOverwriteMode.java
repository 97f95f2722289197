// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

/** What an overwrite without a condition replaces. */
public enum PartitionOverwriteMode {
  /** The whole table. */
  STATIC,
  /** The partitions that come in. */
  DYNAMIC
}
