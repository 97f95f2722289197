// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.flow;

import java.time.Duration;

/** How long the preparation of a statement may take. Pure. Executors and driver. */
public final class PrepareTimeout {
  /** Preparing reads and writes no rows: a node that has not done it by then is hung. */
  private static final Duration MOST = Duration.ofSeconds(4);

  private PrepareTimeout() {}

  /**
   * The time-out of one attempt at a preparation: four seconds, or less where requests have less.
   *
   * @param request the time-out of the requests that execute the statement
   */
  public static Duration of(Duration request) {
    return request.compareTo(MOST) < 0 ? request : MOST;
  }
}
