// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.catalog;

import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects all problems of a schema statement, so that one error lists them all and nothing is
 * sent. Driver only; one per statement.
 */
final class Problems {
  private final String what;
  private final Set<String> found = new LinkedHashSet<>();

  /**
   * No problems yet.
   *
   * @param what the statement as errors name it, such as {@code create table shop.orders}
   */
  Problems(String what) {
    this.what = what;
  }

  /**
   * Adds a problem: a clause without a full stop, with values and what to do. Without values it is
   * taken as it is, as it then may hold what the user wrote.
   */
  @SuppressWarnings("AnnotateFormatMethod")
  void add(String problem, @Nullable Object... values) {
    found.add(values.length == 0 ? problem : problem.formatted(values));
  }

  /**
   * Fails if there are any.
   *
   * @throws InvalidInputException INVALID_SCHEMA with all of them
   */
  void failIfAny() {
    if (!found.isEmpty()) {
      throw new InvalidInputException(
          ErrorCode.INVALID_SCHEMA,
          "Cannot %s: %s. Nothing was sent.".formatted(what, String.join("; ", found)));
    }
  }
}
