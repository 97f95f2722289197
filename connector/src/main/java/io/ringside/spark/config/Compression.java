// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

/** How frames between the connector and Cassandra are compressed. */
public enum Compression {
  /** Not at all. */
  NONE,
  /** LZ4, with the library that Spark brings. */
  LZ4
}
