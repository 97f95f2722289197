// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

/** What a value does to the collection that is already in its column. */
public enum CollectionWrite {
  /** It takes its place. */
  OVERWRITE,
  /** Its elements, or entries, come in addition; in a list at the end. */
  APPEND,
  /** Its elements come before those of the list. */
  PREPEND,
  /** Its elements go, or, of a map, the entries of which it has the keys. */
  REMOVE
}
