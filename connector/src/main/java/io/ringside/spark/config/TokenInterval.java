// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.io.Serializable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A part of the token ring that a job is restricted to.
 *
 * @param start exclusive
 * @param end inclusive, greater than the start: a part across the ring's edge is two intervals
 */
public record TokenInterval(BigInteger start, BigInteger end) implements Serializable {

  /**
   * Reads {@code start:end}.
   *
   * @throws IllegalArgumentException with the reason, for any other text
   */
  static TokenInterval parse(String text) {
    int colon = text.indexOf(':');
    try {
      TokenInterval interval =
          new TokenInterval(
              new BigInteger(text.substring(0, Math.max(0, colon)).trim()),
              new BigInteger(text.substring(colon + 1).trim()));
      if (interval.start().compareTo(interval.end()) < 0) {
        return interval;
      }
    } catch (NumberFormatException malformed) {
      // Same answer as for a start that is not before its end.
    }
    throw new IllegalArgumentException(
        "'" + text + "' is not a token range. Use start:end with start less than end");
  }

  /** Whether any two of the intervals have a token in common. */
  static boolean overlap(List<TokenInterval> intervals) {
    List<TokenInterval> sorted = new ArrayList<>(intervals);
    sorted.sort(Comparator.comparing(TokenInterval::start));
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i - 1).end().compareTo(sorted.get(i).start()) > 0) {
        return true;
      }
    }
    return false;
  }
}
