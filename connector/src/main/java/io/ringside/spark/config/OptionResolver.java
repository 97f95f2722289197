// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import io.ringside.spark.config.scc.Alias;
import io.ringside.spark.config.scc.RetiredSetting;
import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.error.EditDistance;
import io.ringside.spark.error.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
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

  private static final Set<String> KEYS =
      Options.ALL.stream()
          .flatMap(option -> option.keys().stream())
          .collect(Collectors.toUnmodifiableSet());

  /** Options by what the DataStax connector calls them, in lower case. */
  private static final Map<String, List<ConfigOption<?>>> ALIASES = aliases();

  /** Null for an option that a layer leaves to its default, whatever weaker layers say. */
  private final List<Map<String, @Nullable String>> layers = new ArrayList<>();

  private final Map<String, String> decimals = new LinkedHashMap<>();
  private final Map<String, String> collections = new LinkedHashMap<>();
  private final Set<String> errors = new LinkedHashSet<>();
  private final Content content;
  private final Consumer<String> warnings;

  /**
   * Reads the layers and notes unknown names.
   *
   * @param layers the strongest first; names in any case
   * @param content reads what options refer to
   * @param warnings takes a sentence for each setting that does not apply here
   */
  OptionResolver(List<Map<String, String>> layers, Content content, Consumer<String> warnings) {
    this.content = content;
    this.warnings = warnings;
    for (Map<String, String> layer : layers) {
      this.layers.add(normalized(layer));
    }
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

  /** By our names alone; of two names for the same in one layer, ours wins. */
  private Map<String, @Nullable String> normalized(Map<String, String> layer) {
    Map<String, @Nullable String> own = new HashMap<>();
    Map<String, @Nullable String> translated = new HashMap<>();
    layer.forEach(
        (key, value) -> {
          String lower = key.toLowerCase(Locale.ROOT);
          if (lower.startsWith(Options.DECIMAL_PREFIX)) {
            decimals.putIfAbsent(key.substring(Options.DECIMAL_PREFIX.length()), value);
          } else if (lower.startsWith(Options.COLLECTION_PREFIX)) {
            collections.putIfAbsent(key.substring(Options.COLLECTION_PREFIX.length()), value);
          } else if (KEYS.contains(lower)) {
            own.put(lower, value);
          } else if (ALIASES.containsKey(lower)) {
            translate(ALIASES.get(lower), lower, value, translated);
          } else if (!isRetired(lower, value) && !isOfSpark(lower)) {
            errors.add(unknown(key));
          }
        });
    translated.keySet().removeAll(own.keySet());
    own.putAll(translated);
    return own;
  }

  private static void translate(
      List<ConfigOption<?>> options,
      String name,
      String value,
      Map<String, @Nullable String> translated) {
    for (ConfigOption<?> option : options) {
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
      if (retired.refused()) {
        errors.add(retired.message());
      } else {
        warnings.accept(retired.message());
      }
    }
    return retired != null;
  }

  private static boolean isOfSpark(String name) {
    return OF_SPARK.contains(name) || name.startsWith(SPARK_OPTION_PREFIX);
  }

  private static String unknown(String key) {
    List<String> names = Options.ALL.stream().map(ConfigOption::key).toList();
    return "Unknown option '%s'.%s".formatted(key, EditDistance.suggestion(key, names));
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

  /** The entries of an option; none when nobody sets it. */
  List<String> listed(ConfigOption<List<String>> option) {
    List<String> entries = find(option);
    return entries == null ? List.of() : entries;
  }

  /** Whether any layer has the option. */
  boolean isSet(ConfigOption<?> option) {
    for (Map<String, @Nullable String> layer : layers) {
      for (String key : option.keys()) {
        if (layer.containsKey(key)) {
          return layer.get(key) != null;
        }
      }
    }
    return false;
  }

  /** The bytes that an option holds or refers to, or null when nobody sets it. */
  @Nullable Secret content(ConfigOption<String> option) {
    String value = find(option);
    return value == null ? null : read(option, value, content::inlineOrAt);
  }

  /** The bytes at the location that an option names, or null when nobody sets it. */
  @Nullable Secret contentAt(ConfigOption<String> option) {
    String value = find(option);
    return value == null ? null : read(option, value, content::at);
  }

  /** The bytes that one option refers to or else another one holds; null when both are missing. */
  @Nullable Secret contentOrSecret(ConfigOption<String> location, ConfigOption<Secret> secret) {
    String value = find(location);
    Secret inline = find(secret);
    if (value != null && inline != null) {
      errors.add(
          "Cannot choose between options '%s' and '%s'. Remove one of them."
              .formatted(location.key(), secret.key()));
      return null;
    }
    if (inline != null) {
      return read(secret, inline.reveal(), Content::inline);
    }
    return value == null ? null : read(location, value, content::at);
  }

  /** Reads what an option says; its value is not shown, as it may be the secret itself. */
  private @Nullable Secret read(ConfigOption<?> option, String value, Reader reader) {
    try {
      return Secret.of(reader.read(value));
    } catch (IOException | IllegalArgumentException e) {
      errors.add(
          "Cannot read what option '%s' refers to: %s.".formatted(option.key(), e.getMessage()));
      return null;
    }
  }

  /** Gets the bytes that a value stands for. */
  private interface Reader {
    byte[] read(String value) throws IOException;
  }

  private @Nullable String text(ConfigOption<?> option) {
    for (Map<String, @Nullable String> layer : layers) {
      List<String> given = option.keys().stream().filter(layer::containsKey).toList();
      if (given.size() > 1) {
        errors.add("Cannot choose between options %s. Remove all but one.".formatted(given));
      }
      if (!given.isEmpty()) {
        String value = layer.get(given.get(0));
        return value == null ? option.defaultText() : dereferenced(option, given.get(0), value);
      }
    }
    return option.defaultText();
  }

  /** The value itself, or for a secret what its environment variable or file holds. */
  private @Nullable String dereferenced(ConfigOption<?> option, String key, String value) {
    if (key.equals(option.key())) {
      return value;
    }
    if (key.equals(option.environmentKey())) {
      String held = System.getenv(value);
      if (held == null) {
        errors.add(
            "Cannot read option '%s': Spark's driver has no environment variable '%s'."
                .formatted(key, value));
      }
      return held;
    }
    try {
      return new String(content.at(value), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      errors.add("Cannot read the file that option '%s' names: %s.".formatted(key, e.getMessage()));
      return null;
    }
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
