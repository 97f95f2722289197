// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads numbers with a unit, as {@code 64m} or {@code 12s}. */
final class Quantity {
  private static final Map<String, Integer> SIZE_UNITS =
      Map.of("", 0, "b", 0, "k", 10, "kb", 10, "m", 20, "mb", 20, "g", 30, "gb", 30, "t", 40);
  private static final Map<String, Long> DURATION_UNITS =
      Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "min", 60_000L, "h", 3_600_000L);
  private static final Pattern NUMBER_WITH_UNIT = Pattern.compile("(\\d{1,15})\\s*([a-z]*)");

  private Quantity() {}

  /**
   * Bytes, more than 0.
   *
   * @throws IllegalArgumentException with the reason, for any other text
   */
  static long bytes(String text) {
    Matcher form = NUMBER_WITH_UNIT.matcher(text.trim().toLowerCase(Locale.ROOT));
    Integer shift = form.matches() ? SIZE_UNITS.get(form.group(2)) : null;
    if (shift == null || Long.parseLong(form.group(1)) == 0) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a size. Use a number with a unit, for example '64m'");
    }
    return Math.multiplyExact(Long.parseLong(form.group(1)), 1L << shift);
  }

  /**
   * A time, more than 0; its unit must be named.
   *
   * @throws IllegalArgumentException with the reason, for any other text
   */
  static Duration duration(String text) {
    Matcher form = NUMBER_WITH_UNIT.matcher(text.trim().toLowerCase(Locale.ROOT));
    Long millis = form.matches() ? DURATION_UNITS.get(form.group(2)) : null;
    if (millis == null || Long.parseLong(form.group(1)) == 0) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a duration. Use a number with a unit, for example '12s'");
    }
    return Duration.ofMillis(Math.multiplyExact(Long.parseLong(form.group(1)), millis));
  }
}
