// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.catalog;

import java.util.Collection;
import java.util.List;

/** How the names of columns in a schema statement are compared with those declared. Pure. */
public enum NameRule {
  /** By every character: {@code spark.sql.caseSensitive} is true. */
  EXACT,
  /** Without regard to case, as Spark resolves names by default. */
  ANY_CASE;

  /**
   * The declared name that a given one means.
   *
   * @return the given name itself where none is meant, or several are
   */
  String resolve(String given, Collection<String> declared) {
    if (this == EXACT || declared.contains(given)) {
      return given;
    }
    List<String> meant = declared.stream().filter(given::equalsIgnoreCase).toList();
    return meant.size() == 1 ? meant.get(0) : given;
  }
}
