// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.predicate;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A part of a query that Cassandra does not evaluate, and why. Immutable. Driver only.
 *
 * @param what the predicate, aggregate, order or limit, as EXPLAIN shows it
 * @param reason a clause without a full stop
 */
public record Refusal(String what, String reason) {

  /** {@code what: reason}, separated by semicolons. */
  public static String text(List<Refusal> refusals) {
    return refusals.stream()
        .map(refusal -> refusal.what() + ": " + refusal.reason())
        .collect(Collectors.joining("; "));
  }
}
