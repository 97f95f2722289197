// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

/** What becomes of a value whose Spark type is not the one of its column. */
public enum WriteConversion {
  /** It is converted if it fits the CQL type; else the row fails the job. */
  BY_VALUE,
  /** A type that has values which do not fit is refused before any row is written. */
  STRICT
}
