// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types;

/** Names a place inside a column for errors: {@code tags -> element}, {@code address -> street}. */
final class TypePath {
  static final String SEPARATOR = " -> ";

  private TypePath() {}

  static String of(String parent, String part) {
    return parent + SEPARATOR + part;
  }
}
