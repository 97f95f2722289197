// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.io.Serializable;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The most that a job may move in a second, all its tasks together. Sent to executors.
 *
 * @param perSecond more than 0
 */
public record RateLimit(Unit unit, double perSecond) implements Serializable {
  private static final Pattern ROWS = Pattern.compile("(\\d{1,15})\\s*rows?");

  /** What is counted. */
  public enum Unit {
    /** Rows. */
    ROWS,
    /** Bytes: of the values when writing, of the servers' answers when reading. */
    BYTES
  }

  static RateLimit parse(String text) {
    Matcher rows = ROWS.matcher(text.trim().toLowerCase(Locale.ROOT));
    if (rows.matches() && Long.parseLong(rows.group(1)) > 0) {
      return new RateLimit(Unit.ROWS, Long.parseLong(rows.group(1)));
    }
    try {
      return new RateLimit(Unit.BYTES, Quantity.bytes(text));
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not a rate. Use rows or bytes each second, for example '20000 rows' or '8m'");
    }
  }

  /** The part of the limit that each task gets when it is shared equally. */
  public RateLimit sharedBy(int tasks) {
    return new RateLimit(unit, perSecond / Math.max(1, tasks));
  }
}
