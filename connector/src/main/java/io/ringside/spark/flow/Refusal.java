// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.flow;

import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import java.util.List;
import java.util.Locale;

/** Why a server refuses a request for good, as far as it calls for advice of its own. */
public enum Refusal {
  /** The user may not do it. */
  NO_PERMISSION,
  /** The table, or a column, is not there any more. */
  TABLE_CHANGED,
  /** Anything else. */
  OTHER;

  private static final List<String> TEXTS_OF_CHANGES =
      List.of("unconfigured table", "does not exist", "undefined column", "unknown identifier");

  /** What a failure of kind {@link FailureKind#FATAL} says. */
  public static Refusal of(Throwable failure) {
    Throwable error = FailureKind.unwrap(failure);
    if (error instanceof UnauthorizedException) {
      return NO_PERMISSION;
    }
    String answer = String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT);
    return TEXTS_OF_CHANGES.stream().anyMatch(answer::contains) ? TABLE_CHANGED : OTHER;
  }
}
