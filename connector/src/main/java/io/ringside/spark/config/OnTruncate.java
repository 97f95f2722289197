// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

/** What a scan does that finds its table truncated while it read it. */
public enum OnTruncate {
  /** It fails, as rows are missing. */
  FAIL,
  /** It logs a warning and gives what it has read. */
  WARN
}
