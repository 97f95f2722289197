// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How an option's text is read.
 *
 * @param name for the documentation
 * @param parser throws {@link IllegalArgumentException} whose message says what is wrong with the
 *     value and what to use instead, without a full stop
 * @param <T> what the text becomes
 */
record OptionType<T>(String name, Function<String, T> parser) {
  static final OptionType<String> TEXT = new OptionType<>("text", OptionType::text);
  static final OptionType<Secret> SECRET =
      new OptionType<>("text, secret", text -> new Secret(text(text)));
  static final OptionType<Long> SIZE = new OptionType<>("size", Quantity::bytes);
  static final OptionType<Duration> DURATION = new OptionType<>("duration", Quantity::duration);
  static final OptionType<Boolean> BOOLEAN = new OptionType<>("boolean", OptionType::bool);
  static final OptionType<WriteTimestamp> WRITE_TIMESTAMP =
      new OptionType<>("`job`, `server` or microseconds", WriteTimestamp::parse);

  static final OptionType<RateLimit> RATE =
      new OptionType<>("rows, as `20000 rows`, or size", RateLimit::parse);

  static final OptionType<ZoneId> TIME_ZONE = new OptionType<>("time zone", OptionType::zone);

  /** Separated by commas; the port is filled in later. */
  static final OptionType<List<String>> LIST =
      new OptionType<>("list, separated by commas", OptionType::list);

  static final OptionType<List<TokenInterval>> TOKEN_RANGES =
      new OptionType<>(
          "list of start:end", text -> list(text).stream().map(TokenInterval::parse).toList());

  /** Whole numbers of a range, both ends inclusive. */
  static OptionType<Integer> integer(int least, int most) {
    return new OptionType<>(
        "%,d to %,d".formatted(least, most),
        text -> {
          try {
            int number = Integer.parseInt(text.trim());
            if (number >= least && number <= most) {
              return number;
            }
          } catch (NumberFormatException malformed) {
            // Same answer as for a number outside the range.
          }
          throw new IllegalArgumentException(
              "'%s' is not a whole number from %d to %d".formatted(text, least, most));
        });
  }

  /** Constants of an enum, in lower case, with {@code -} or {@code _} alike. */
  static <E extends Enum<E>> OptionType<E> oneOf(Class<E> type) {
    String names =
        Arrays.stream(type.getEnumConstants())
            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    return new OptionType<>(
        "one of " + names,
        text -> {
          try {
            return Enum.valueOf(type, text.trim().toUpperCase(Locale.ROOT).replace('-', '_'));
          } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException(
                "'%s' is not one of its values. Use one of: %s".formatted(text, names));
          }
        });
  }

  /** The names that Spark takes: regions, short names as {@code EST}, offsets as {@code +1:00}. */
  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(
          text.trim().replaceFirst("([+-])(\\d):", "$10$2:").replaceFirst(":(\\d)$", ":0$1"),
          ZoneId.SHORT_IDS);
    } catch (DateTimeException unknown) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not a time zone. Use a name as 'Europe/Paris' or an offset as '+02:00'");
    }
  }

  private static String text(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("'' is empty. Give it a value or leave it out");
    }
    return text;
  }

  private static List<String> list(String text) {
    List<String> parts = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      if (!part.isBlank()) {
        parts.add(part.trim());
      }
    }
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("'" + text + "' has no entry. Separate entries by commas");
    }
    return parts;
  }

  private static boolean bool(String text) {
    return switch (text.trim().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
    };
  }
}
