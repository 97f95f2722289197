// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

/** What a write does with the rows of a DataFrame. */
public enum WriteOperation {
  /** Writes them. */
  UPSERT,
  /** Deletes all rows of their keys. */
  DELETE
}
