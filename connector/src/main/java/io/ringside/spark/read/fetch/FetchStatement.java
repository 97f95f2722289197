// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import io.ringside.spark.cql.CqlValue;
import io.ringside.spark.cql.Restriction;
import io.ringside.spark.cql.SelectQuery;
import java.util.List;

/**
 * A statement that reads any target of a task.
 *
 * @param cql with markers for the bounds of a token range or the values of a partition key,
 *     followed by those of the restrictions
 * @param restrictions bound to every request, in the order of their markers
 */
public record FetchStatement(String cql, List<CqlValue> restrictions) {
  /** Copies the restrictions. */
  public FetchStatement {
    restrictions = List.copyOf(restrictions);
  }

  /**
   * A text of a query.
   *
   * @param cql one of those that the query has, for the kind of the targets
   */
  public static FetchStatement of(String cql, SelectQuery query) {
    return new FetchStatement(cql, query.restrictions().stream().map(Restriction::value).toList());
  }
}
