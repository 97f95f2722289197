// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One option of the connector: its name, how its text is read, and what is said about it in {@code
 * docs/options.md}.
 *
 * @param key kebab-case, groups separated by dots
 * @param defaultText what counts when nobody sets it, or null when there is no default
 * @param aliases names under {@code spark.cassandra.} of the same meaning and unit
 * @param doc one paragraph
 * @param <T> what the text becomes
 */
public record ConfigOption<T>(
    String key,
    OptionType<T> type,
    @Nullable String defaultText,
    List<String> aliases,
    String doc) {

  static <T> ConfigOption<T> of(String key, OptionType<T> type, String defaultText, String doc) {
    return new ConfigOption<>(key, type, defaultText, List.of(), doc);
  }

  static <T> ConfigOption<T> withoutDefault(String key, OptionType<T> type, String doc) {
    return new ConfigOption<>(key, type, null, List.of(), doc);
  }

  ConfigOption<T> alias(String... names) {
    return new ConfigOption<>(key, type, defaultText, List.of(names), doc);
  }

  boolean isSecret() {
    return type.equals(OptionType.SECRET);
  }
}
