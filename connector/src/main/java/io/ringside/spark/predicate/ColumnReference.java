// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.predicate;

import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.jspecify.annotations.Nullable;

/** Which column of the table an expression of Spark is. Pure. Driver only. */
final class ColumnReference {
  private ColumnReference() {}

  /** The column's name, or null for any other expression, fields inside a column included. */
  static @Nullable String of(Expression expression) {
    return expression instanceof NamedReference reference && reference.fieldNames().length == 1
        ? reference.fieldNames()[0]
        : null;
  }
}
