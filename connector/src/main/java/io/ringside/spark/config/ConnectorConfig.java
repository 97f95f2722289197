// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import io.ringside.spark.config.scc.SccSettings;
import io.ringside.spark.error.InvalidInputException;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All options of one read, write or catalog, resolved. Made on the driver.
 *
 * @param keyspace null where the table is named by a catalog instead
 * @param table null where the table is named by a catalog instead
 * @param decimals precision and scale as text, by column
 */
public record ConnectorConfig(
    @Nullable String keyspace,
    @Nullable String table,
    ConnectionConfig connection,
    ReadConfig read,
    WriteConfig write,
    CatalogConfig catalog,
    Map<String, String> decimals)
    implements Serializable {

  /**
   * As {@link #of(List, Content, Consumer)}, for options that are resolved once.
   *
   * @param shipped the local path of a file that Spark ships, by its name; need not exist
   */
  public static ConnectorConfig of(
      List<Map<String, String>> layers, UnaryOperator<String> shipped, Consumer<String> warnings) {
    return of(layers, Content.shippedAt(shipped), warnings);
  }

  /**
   * Resolves options that the application itself gives, as {@link #resolve} does.
   *
   * @param layers the strongest first
   */
  public static ConnectorConfig of(
      List<Map<String, String>> layers, Content content, Consumer<String> warnings) {
    return resolve(
        layers.stream().map(layer -> new OptionLayer(Origin.APPLICATION, layer)).toList(),
        content,
        warnings);
  }

  /**
   * Resolves options: the first layer that sets an option wins, then its default. In each layer an
   * option may have its own name or the one of the DataStax connector. Nothing that options refer
   * to is read unless their origins may say what they say ({@code connection.overrides}).
   *
   * @param layers the strongest first; names in any case, with words apart by {@code -}, {@code _},
   *     capital letters or not at all
   * @param content reads what options refer to
   * @param warnings takes a sentence for each setting of the DataStax connector that does not apply
   * @throws InvalidInputException INVALID_OPTION with everything that is wrong
   */
  public static ConnectorConfig resolve(
      List<OptionLayer> layers, Content content, Consumer<String> warnings) {
    OptionResolver options = new OptionResolver(layers, content, warnings);
    options.stopAt(ConnectionRights.violations(options));
    options.find(ConnectionOptions.OVERRIDES);
    options.find(ConnectionOptions.CLUSTER);
    ConnectorConfig config =
        new ConnectorConfig(
            options.find(Options.KEYSPACE),
            options.find(Options.TABLE),
            ConnectionConfig.of(options),
            ReadConfig.of(options),
            WriteConfig.of(options),
            CatalogConfig.of(options),
            Map.copyOf(options.decimals()));
    options.failOnErrors();
    return config;
  }

  /** The same for the reads of a statement that changes rows. */
  public ConnectorConfig readingToChange() {
    ReadConfig changing =
        new ReadConfig(
            read.split(),
            read.push(),
            read.fetch().at(write.job().readConsistency()),
            read.onTruncate(),
            read.rateLimit(),
            read.lookupCache());
    return new ConnectorConfig(keyspace, table, connection, changing, write, catalog, decimals);
  }

  /** Whether a name, in any of its spellings, is that of an option, of one for a column too. */
  public static boolean isOption(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return OptionNames.key(name) != null
        || lower.startsWith(Options.DECIMAL_PREFIX)
        || lower.startsWith(Options.COLLECTION_PREFIX);
  }

  /** Whether a name, in any of its spellings, is that of an option which says how to connect. */
  public static boolean isOfConnection(String name) {
    return ConnectionOptions.ALL.stream().anyMatch(option -> OptionNames.isOf(option, name));
  }

  /** Whether a name, in any of its spellings, is that of an option which permits statements. */
  public static boolean isPermission(String name) {
    return OptionNames.isOf(Options.CATALOG_ALLOW_DROP, name)
        || OptionNames.isOf(Options.CATALOG_ALLOW_CQL, name);
  }

  /** Whether options, in any spelling, say that everybody may say everything about connections. */
  public static boolean trustEverybody(Map<String, String> options) {
    return options.entrySet().stream()
        .anyMatch(
            option ->
                OptionNames.isOf(ConnectionOptions.OVERRIDES, option.getKey())
                    && option.getValue().trim().equalsIgnoreCase(ConnectionOverrides.ALL.name()));
  }

  /** The names of all session settings of the DataStax connector, those that do not apply too. */
  public static List<String> settingsOfScc() {
    return SccSettings.names(Options.ALL.stream().flatMap(option -> option.aliases().stream()));
  }
}
