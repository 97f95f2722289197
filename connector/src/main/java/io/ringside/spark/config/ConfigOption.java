// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import io.ringside.spark.config.scc.Alias;
import io.ringside.spark.config.scc.SccSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One option of the connector: its name, how its text is read, and what is said about it in {@code
 * docs/options.md}.
 *
 * @param key kebab-case, groups separated by dots
 * @param defaultText the value when the option is not set, or null when there is no default
 * @param since the first version of the connector that has the option
 * @param aliases what the DataStax connector calls it
 * @param doc one paragraph
 * @param <T> what the text becomes
 */
record ConfigOption<T>(
    String key,
    OptionType<T> type,
    @Nullable String defaultText,
    String since,
    List<Alias> aliases,
    String doc) {
  private static final String FIRST_VERSION = "0.1.0";
  private static final String ENVIRONMENT = ".env";
  private static final String FILE = ".file";

  static <T> ConfigOption<T> of(String key, OptionType<T> type, String defaultText, String doc) {
    return new ConfigOption<>(key, type, defaultText, FIRST_VERSION, List.of(), doc);
  }

  static <T> ConfigOption<T> withoutDefault(String key, OptionType<T> type, String doc) {
    return new ConfigOption<>(key, type, null, FIRST_VERSION, List.of(), doc);
  }

  /** With settings {@code spark.cassandra.<name>} of the same meaning and unit. */
  ConfigOption<T> alias(String... names) {
    return withAliases(
        Arrays.stream(names).map(name -> Alias.same(SccSettings.PREFIX + name)).toList());
  }

  /**
   * With settings {@code spark.cassandra.<name>} of another unit.
   *
   * @param translation of their value; null where it means that nothing is set
   */
  ConfigOption<T> alias(
      UnaryOperator<@Nullable String> translation, String difference, String... names) {
    return withAliases(
        Arrays.stream(names)
            .map(name -> new Alias(SccSettings.PREFIX + name, translation, difference))
            .toList());
  }

  /** With an option of a read or write of the same meaning and unit. */
  ConfigOption<T> optionAlias(String name) {
    return withAliases(List.of(Alias.same(name)));
  }

  /**
   * With an option of a read or write of another unit.
   *
   * @param translation of its value; null where it means that nothing is set
   */
  ConfigOption<T> optionAlias(
      String name, UnaryOperator<@Nullable String> translation, String difference) {
    return withAliases(List.of(new Alias(name, translation, difference)));
  }

  private ConfigOption<T> withAliases(List<Alias> more) {
    List<Alias> all = new ArrayList<>(aliases);
    all.addAll(more);
    return new ConfigOption<>(key, type, defaultText, since, List.copyOf(all), doc);
  }

  boolean isSecret() {
    return type.equals(OptionType.SECRET);
  }

  /** The option that names the environment variable with a secret. */
  String environmentKey() {
    return key + ENVIRONMENT;
  }

  /** The option that names the file with a secret. */
  String fileKey() {
    return key + FILE;
  }

  /** The names that set this option: a secret has three. */
  List<String> keys() {
    return isSecret() ? List.of(key, environmentKey(), fileKey()) : List.of(key);
  }
}
