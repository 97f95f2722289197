// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark;

import java.util.List;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.connector.catalog.Identifier;

/** Spark's own error for a missing table, with names that the user may have meant. Driver only. */
final class TableNotFoundException extends NoSuchTableException {
  private static final long serialVersionUID = 1L;

  private final String hint;

  /**
   * An error that names the nearest tables.
   *
   * @param nearest full names, best first; may be empty
   */
  TableNotFoundException(Identifier table, List<String> nearest) {
    super(table);
    this.hint = nearest.isEmpty() ? "" : " Did you mean " + String.join(" or ", nearest) + "?";
  }

  @Override
  public String getMessage() {
    return super.getMessage() + hint;
  }
}
