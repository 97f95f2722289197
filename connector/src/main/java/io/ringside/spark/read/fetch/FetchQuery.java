// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import io.ringside.spark.config.ConsistencyLevel;
import io.ringside.spark.cql.CqlValue;
import java.time.Duration;
import java.util.List;

/**
 * The one statement that reads all targets of a task. One per task.
 *
 * @param table as messages name it
 * @param cql with markers for the bounds of a token range or the values of a partition key,
 *     followed by those of the restrictions
 * @param restrictions bound to every request, in the order of their markers
 * @param timeout for one request
 */
public record FetchQuery(
    String table,
    String cql,
    List<CqlValue> restrictions,
    ConsistencyLevel consistency,
    Duration timeout) {
  /** Copies the restrictions. */
  public FetchQuery {
    restrictions = List.copyOf(restrictions);
  }
}
