// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

/** What a conditional write does about a row whose condition did not hold. */
public enum NotApplied {
  /** Counts it. */
  IGNORE,
  /** Fails the task. */
  FAIL
}
