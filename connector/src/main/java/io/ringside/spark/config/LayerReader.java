// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import io.ringside.spark.config.scc.Alias;
import io.ringside.spark.config.scc.RetiredSetting;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads layers of settings by the documented names of the options, and notes the names that nobody
 * knows. Driver only; one per resolution.
 */
final class LayerReader {
  /** What Spark itself adds to a source's or table's options. */
  private static final Set<String> OF_SPARK =
      Set.of(
          "path",
          "paths",
          "checkpointlocation",
          "queryname",
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

  private final Map<String, String> decimals = new LinkedHashMap<>();
  private final Map<String, String> collections = new LinkedHashMap<>();
  private final Consumer<String> errors;
  private final Consumer<String> warnings;

  /**
   * A reader of layers, of which the strongest must be read first.
   *
   * @param errors takes a sentence for each name that is wrong
   * @param warnings takes a sentence for each setting that does not apply here
   */
  LayerReader(Consumer<String> errors, Consumer<String> warnings) {
    this.errors = errors;
    this.warnings = warnings;
  }

  /** Overrides of decimal types as text, by column. */
  Map<String, String> decimals() {
    return decimals;
  }

  /** What values do to collections as text, by column. */
  Map<String, String> collections() {
    return collections;
  }

  /**
   * A layer by the documented names alone. Of an option's name and the one that the DataStax
   * connector has for it, the first wins.
   *
   * @return null for an option that the layer leaves to its default, whatever weaker layers say
   */
  Map<String, @Nullable String> read(Map<String, String> layer) {
    Map<String, String> given = new HashMap<>();
    Map<String, @Nullable String> own = new HashMap<>();
    Map<String, @Nullable String> translated = new HashMap<>();
    layer.forEach(
        (name, value) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          String key = OptionNames.key(name);
          if (lower.startsWith(Options.DECIMAL_PREFIX)) {
            decimals.putIfAbsent(name.substring(Options.DECIMAL_PREFIX.length()), value);
          } else if (lower.startsWith(Options.COLLECTION_PREFIX)) {
            collections.putIfAbsent(name.substring(Options.COLLECTION_PREFIX.length()), value);
          } else if (key != null) {
            checkOneSpelling(key, name, given.put(key, name));
            own.put(key, value);
          } else if (!OptionNames.aliased(name).isEmpty()) {
            translate(lower, value, translated);
          } else if (!isRetired(lower, value) && !isOfSpark(lower)) {
            errors.accept(unknown(name));
          }
        });
    translated.keySet().removeAll(own.keySet());
    own.putAll(translated);
    return own;
  }

  private void checkOneSpelling(String key, String name, @Nullable String other) {
    if (other != null) {
      List<String> names = List.of(name, other).stream().sorted().toList();
      errors.accept(
          "Cannot choose between '%s' and '%s', two spellings of option '%s'. Remove one of them."
              .formatted(names.get(0), names.get(1), key));
    }
  }

  private static void translate(
      String name, String value, Map<String, @Nullable String> translated) {
    for (ConfigOption<?> option : OptionNames.aliased(name)) {
      for (Alias alias : option.aliases()) {
        if (alias.name().equalsIgnoreCase(name)) {
          translated.put(option.key(), alias.translation().apply(value));
        }
      }
    }
  }

  private boolean isRetired(String name, String value) {
    RetiredSetting retired = RetiredSetting.find(name);
    if (retired != null && !retired.isHarmless(value)) {
      (retired.refused() ? errors : warnings).accept(retired.message());
    }
    return retired != null;
  }

  private static boolean isOfSpark(String name) {
    return OF_SPARK.contains(name) || name.startsWith(SPARK_OPTION_PREFIX);
  }

  private static String unknown(String name) {
    return "Unknown option '%s'.%s".formatted(name, OptionSynonyms.suggestion(name));
  }
}
