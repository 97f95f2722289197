// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.predicate;

import io.ringside.spark.cql.HiddenColumn;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.types.TokenName;
import java.util.List;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.UserDefinedScalarFunc;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.jspecify.annotations.Nullable;

/** Knows calls of {@code token(…)} on a table's own partition key. Pure. Driver only. */
final class TokenCall {
  private TokenCall() {}

  /**
   * A predicate on the column of tokens in place of one on such a call, or null when there is none
   * in it. The call takes the key's columns in order, as the CQL types that they have.
   */
  static @Nullable Predicate asColumn(TableSpec table, Predicate predicate) {
    Expression[] children = predicate.children().clone();
    boolean found = false;
    for (int i = 0; i < children.length; i++) {
      if (isToken(table, children[i])) {
        children[i] = Expressions.column(HiddenColumn.TOKEN);
        found = true;
      }
    }
    return found ? new Predicate(predicate.name(), children) : null;
  }

  private static boolean isToken(TableSpec table, Expression expression) {
    List<ColumnSpec> key = table.partitionKey();
    if (!(expression instanceof UserDefinedScalarFunc call)
        || !call.canonicalName().equals(TokenName.canonical(key))
        || call.children().length != key.size()) {
      return false;
    }
    for (int i = 0; i < key.size(); i++) {
      if (!key.get(i).name().equals(ColumnReference.of(call.children()[i]))) {
        return false;
      }
    }
    return true;
  }
}
