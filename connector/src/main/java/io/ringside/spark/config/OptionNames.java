// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import io.ringside.spark.config.scc.Alias;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names under which options may be given. A name is known in any case, and with its words
 * written apart or not: {@code contact-points}, {@code contact_points} and {@code contactPoints}
 * are one, as {@code read.split-size}, {@code read_split_size} and {@code readSplitSize} are. Pure.
 * Driver only.
 */
final class OptionNames {
  private static final Map<String, String> KEYS = keys();

  /** Options by what the DataStax connector calls them, in lower case. */
  private static final Map<String, List<ConfigOption<?>>> ALIASES = aliases();

  private OptionNames() {}

  private static Map<String, String> keys() {
    Map<String, String> keys = new HashMap<>();
    for (ConfigOption<?> option : Options.ALL) {
      for (String key : option.keys()) {
        String other = keys.put(folded(key), key);
        if (other != null) {
          throw new IllegalStateException("Cannot tell option " + key + " from " + other);
        }
      }
    }
    return keys;
  }

  private static Map<String, List<ConfigOption<?>>> aliases() {
    Map<String, List<ConfigOption<?>>> byName = new HashMap<>();
    for (ConfigOption<?> option : Options.ALL) {
      for (Alias alias : option.aliases()) {
        byName
            .computeIfAbsent(alias.name().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
            .add(option);
      }
    }
    return byName;
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_.]", "");
  }

  /** An option's name as it is documented, from any of its spellings; null for other names. */
  static @Nullable String key(String given) {
    return KEYS.get(folded(given));
  }

  /** The options that the DataStax connector gives this name, in any case; may be empty. */
  static List<ConfigOption<?>> aliased(String given) {
    return ALIASES.getOrDefault(given.toLowerCase(Locale.ROOT), List.of());
  }

  /** Whether a name, in any of its spellings, is one of an option's. */
  static boolean isOf(ConfigOption<?> option, String given) {
    String key = key(given);
    return (key != null && option.keys().contains(key)) || aliased(given).contains(option);
  }
}
