// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.error.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds each option's value in layers of settings, the first layer that has it wins, and collects
 * everything that is wrong, so that a user sees all of it at once. Driver only; one per resolution.
 */
final class OptionResolver {
  /** What an environment variable is called, as a rule. */
  private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]*");

  private final List<Layer> layers = new ArrayList<>();

  private final LayerReader names;
  private final Set<String> errors = new LinkedHashSet<>();
  private final Content content;

  /**
   * A layer by the documented names.
   *
   * @param values null for an option that it leaves to its default, whatever weaker layers say
   */
  private record Layer(Origin origin, Map<String, @Nullable String> values) {}

  /**
   * How an option is given.
   *
   * @param origin who gives it
   * @param key the option's name, or for a secret that of its file or environment variable
   * @param value null where it is left to its default, whatever weaker layers say
   */
  record Given(Origin origin, String key, @Nullable String value) {}

  /**
   * Reads the layers and notes unknown names.
   *
   * @param layers the strongest first; names in any case and spelling
   * @param content reads what options refer to
   * @param warnings takes a sentence for each setting that does not apply here
   */
  OptionResolver(List<OptionLayer> layers, Content content, Consumer<String> warnings) {
    this.content = content;
    this.names = new LayerReader(errors::add, warnings);
    for (OptionLayer layer : layers) {
      this.layers.add(new Layer(layer.origin(), names.read(layer.options())));
    }
  }

  /** Whether the options are those of a catalog that the application's settings name. */
  boolean isOfCatalog() {
    return layers.stream().anyMatch(layer -> layer.origin() == Origin.CATALOG);
  }

  /** Who gives an option, and how; null when nobody does. */
  @Nullable Given given(ConfigOption<?> option) {
    for (Layer layer : layers) {
      for (String key : option.keys()) {
        if (layer.values().containsKey(key)) {
          return new Given(layer.origin(), key, layer.values().get(key));
        }
      }
    }
    return null;
  }

  /**
   * The value that the settings of the application give an option, whatever others say; null when
   * they do not.
   */
  <T> @Nullable T findOfApplication(ConfigOption<T> option) {
    for (Layer layer : layers) {
      String value = layer.origin().isApplication() ? layer.values().get(option.key()) : null;
      if (value != null) {
        return parsed(option, value);
      }
    }
    return null;
  }

  /** An option's value, or null when nobody sets it and it has no default, or it is malformed. */
  <T> @Nullable T find(ConfigOption<T> option) {
    String text = text(option);
    return text == null ? null : parsed(option, text);
  }

  private <T> @Nullable T parsed(ConfigOption<T> option, String text) {
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
    Given given = given(option);
    return given != null && given.value() != null;
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
          "Cannot read what option '%s' refers to: %s.".formatted(option.key(), Reason.of(e)));
      return null;
    }
  }

  /** Gets the bytes that a value stands for. */
  private interface Reader {
    byte[] read(String value) throws IOException;
  }

  private @Nullable String text(ConfigOption<?> option) {
    checkOneKey(option);
    Given given = given(option);
    return given == null || given.value() == null
        ? option.defaultText()
        : dereferenced(option, given.key(), given.value());
  }

  private void checkOneKey(ConfigOption<?> option) {
    for (Layer layer : layers) {
      List<String> keys = option.keys().stream().filter(layer.values()::containsKey).toList();
      if (keys.size() > 1) {
        errors.add("Cannot choose between options %s. Remove all but one.".formatted(keys));
      }
      if (!keys.isEmpty()) {
        return;
      }
    }
  }

  /** The value itself, or for a secret what its environment variable or file holds. */
  private @Nullable String dereferenced(ConfigOption<?> option, String key, String value) {
    if (key.equals(option.key())) {
      return value;
    }
    if (key.equals(option.environmentKey())) {
      String held = System.getenv(value);
      if (held == null) {
        // A password that somebody takes for its variable must not show.
        errors.add(
            "Cannot read option '%s': Spark's driver has no environment variable %s."
                .formatted(
                    key, VARIABLE.matcher(value).matches() ? "'" + value + "'" : "of this name"));
      }
      return held;
    }
    try {
      return new String(content.at(value), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      errors.add("Cannot read the file that option '%s' names: %s.".formatted(key, Reason.of(e)));
      return null;
    }
  }

  /** Adds an error that concerns no single option. */
  void error(String message) {
    errors.add(message);
  }

  /** What values do to collections, by column. */
  Map<String, CollectionWrite> collections() {
    Map<String, CollectionWrite> found = new LinkedHashMap<>();
    names
        .collections()
        .forEach(
            (column, text) -> {
              try {
                found.put(column, OptionType.oneOf(CollectionWrite.class).parser().apply(text));
              } catch (IllegalArgumentException e) {
                errors.add(
                    "Cannot read option '%s%s': %s."
                        .formatted(Options.COLLECTION_PREFIX, column, Reason.of(e)));
              }
            });
    return found;
  }

  /** Overrides of decimal types as text, by column. */
  Map<String, String> decimals() {
    return names.decimals();
  }

  /**
   * Ends the resolution if there are errors, before anything is read.
   *
   * @throws InvalidInputException INVALID_OPTION with these and everything that was wrong before
   */
  void stopAt(List<String> violations) {
    errors.addAll(violations);
    if (!violations.isEmpty()) {
      failOnErrors();
    }
  }

  /**
   * Ends the resolution.
   *
   * @throws InvalidInputException INVALID_OPTION with everything that was wrong
   */
  void failOnErrors() {
    if (!errors.isEmpty()) {
      throw new InvalidInputException(ErrorCode.INVALID_OPTION, String.join(" ", errors));
    }
  }
}
