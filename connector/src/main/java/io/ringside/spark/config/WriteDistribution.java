// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

/** What Spark does with the rows before tasks write them. */
public enum WriteDistribution {
  /** Nothing. */
  NONE,
  /** A shuffle that brings rows of one partition together, in the table's order. */
  PARTITION_KEY
}
