// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import io.ringside.spark.cql.CqlValue;
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
}
