// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.error.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds each option's value in layers of settings, the first layer that has it wins, and collects
 * everything that is wrong, so that a user sees all of it at once. Driver only; one per resolution.
 */
final class OptionResolver {
  /** What Spark itself adds to a source's or table's options. */
  private static final Set<String> OF_SPARK =
      Set.of(
          "path",
          "paths",
          "checkpointlocation",
          "asyncprogresstrackingenabled",
          "asyncprogresstrackingcheckpointintervalms",
          "provider",
          "location",
          "comment",
          "collation",
          "owner",
          "external",
          "is_managed_location",
          "serialization.format",
          "schema",
          "__required_write_privileges__",
          "transient_lastddltime");

  private static final String SPARK_OPTION_PREFIX = "option.";

  /** How a name that nearly matches may differ: one edit for each so many characters. */
  private static final int CHARACTERS_PER_EDIT = 3;

  private final List<Map<String, String>> layers = new ArrayList<>();
  private final Map<String, String> aliases;
  private final Map<String, String> decimals = new LinkedHashMap<>();
  private final Map<String, String> collections = new LinkedHashMap<>();
  private final List<String> errors = new ArrayList<>();

  /**
   * Reads the layers and notes unknown names.
   *
   * @param layers the strongest first; names in any case
   * @param aliases names without {@code spark.cassandra.}, which count last and are not checked
   */
  OptionResolver(List<Map<String, String>> layers, Map<String, String> aliases) {
    for (Map<String, String> layer : layers) {
      this.layers.add(normalized(layer));
    }
    this.aliases = aliases;
  }

  private Map<String, String> normalized(Map<String, String> layer) {
    Map<String, String> normalized = new HashMap<>();
    layer.forEach(
        (key, value) -> {
          String lower = key.toLowerCase(Locale.ROOT);
          if (lower.startsWith(Options.DECIMAL_PREFIX)) {
            decimals.putIfAbsent(key.substring(Options.DECIMAL_PREFIX.length()), value);
          } else if (lower.startsWith(Options.COLLECTION_PREFIX)) {
            collections.putIfAbsent(key.substring(Options.COLLECTION_PREFIX.length()), value);
          } else if (isKnown(lower)) {
            normalized.put(lower, value);
          } else if (!OF_SPARK.contains(lower) && !lower.startsWith(SPARK_OPTION_PREFIX)) {
            errors.add(unknown(key));
          }
        });
    return normalized;
  }

  private static boolean isKnown(String key) {
    return Options.ALL.stream().anyMatch(option -> option.key().equals(key));
  }

  private static String unknown(String key) {
    String nearest = null;
    int fewest = Math.max(2, key.length() / CHARACTERS_PER_EDIT);
    for (ConfigOption<?> option : Options.ALL) {
      int edits = EditDistance.between(key.toLowerCase(Locale.ROOT), option.key());
      if (edits <= fewest) {
        fewest = edits;
        nearest = option.key();
      }
    }
    return "Unknown option '%s'.%s"
        .formatted(key, nearest == null ? "" : " Did you mean '" + nearest + "'?");
  }

  /** An option's value, or null when nobody sets it and it has no default, or it is malformed. */
  <T> @Nullable T find(ConfigOption<T> option) {
    String text = text(option);
    if (text == null) {
      return null;
    }
    try {
      return option.type().parser().apply(text);
    } catch (IllegalArgumentException | ArithmeticException e) {
      String reason = option.isSecret() ? "its value is malformed" : e.getMessage();
      errors.add("Cannot read option '%s': %s.".formatted(option.key(), reason));
      return null;
    }
  }

  /** The value of an option that has a default. */
  <T> T get(ConfigOption<T> option) {
    T value = find(option);
    if (value != null) {
      return value;
    }
    // Malformed: the error is noted, the default lets the resolution go on to find others.
    return option.type().parser().apply(String.valueOf(option.defaultText()));
  }

  private @Nullable String text(ConfigOption<?> option) {
    for (Map<String, String> layer : layers) {
      String value = layer.get(option.key());
      if (value != null) {
        return value;
      }
    }
    for (String alias : option.aliases()) {
      String value = aliases.get(alias);
      if (value != null) {
        return value;
      }
    }
    return option.defaultText();
  }

  /** Notes an error that no single option tells. */
  void error(String message) {
    errors.add(message);
  }

  /** What values do to collections, by column. */
  Map<String, CollectionWrite> collections() {
    Map<String, CollectionWrite> found = new LinkedHashMap<>();
    collections.forEach(
        (column, text) -> {
          try {
            found.put(column, OptionType.oneOf(CollectionWrite.class).parser().apply(text));
          } catch (IllegalArgumentException e) {
            errors.add(
                "Cannot read option '%s%s': %s."
                    .formatted(Options.COLLECTION_PREFIX, column, e.getMessage()));
          }
        });
    return found;
  }

  /** Overrides of decimal types as text, by column. */
  Map<String, String> decimals() {
    return decimals;
  }

  /**
   * Ends the resolution.
   *
   * @throws ConnectorException INVALID_OPTION with everything that was wrong
   */
  void failOnErrors() {
    if (!errors.isEmpty()) {
      throw new ConnectorException(ErrorCode.INVALID_OPTION, String.join(" ", errors));
    }
  }
}
