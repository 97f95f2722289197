// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import io.ringside.spark.error.ConnectorException;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
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

  /** The start of the settings of the DataStax connector (SCC). */
  public static final String ALIAS_PREFIX = "spark.cassandra.";

  /**
   * Resolves options: the first layer that sets an option wins, then its default. In each layer an
   * option may have its own name or the one of the DataStax connector.
   *
   * @param layers the strongest first; names in any case
   * @param shipped the local path of a file that Spark ships, by its name; need not exist
   * @param warnings takes a sentence for each setting of the DataStax connector that does not apply
   * @throws ConnectorException INVALID_OPTION with everything that is wrong
   */
  public static ConnectorConfig of(
      List<Map<String, String>> layers, UnaryOperator<String> shipped, Consumer<String> warnings) {
    OptionResolver options = new OptionResolver(layers, new Content(shipped), warnings);
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

  /** The names of all options. */
  public static List<String> names() {
    return Options.ALL.stream().flatMap(option -> option.keys().stream()).toList();
  }

  /** The names of all session settings of the DataStax connector, those that do not apply too. */
  public static List<String> settingsOfScc() {
    Stream<String> aliases =
        Options.ALL.stream()
            .flatMap(option -> option.aliases().stream())
            .map(Alias::name)
            .filter(name -> name.startsWith(ALIAS_PREFIX));
    Stream<String> retired = RetiredSetting.ALL.stream().map(RetiredSetting::name);
    return Stream.concat(aliases, retired).distinct().toList();
  }

  /**
   * A sentence for each setting that looks like one of the DataStax connector (SCC) but is none, so
   * that nobody asks for it.
   *
   * @param settings names as set, {@code <cluster>/} or the like before them or not; others are
   *     left out
   */
  public static List<String> unknownSettingsOfScc(Collection<String> settings) {
    List<String> known = settingsOfScc();
    return settings.stream()
        .filter(setting -> setting.substring(setting.indexOf('/') + 1).startsWith(ALIAS_PREFIX))
        .sorted()
        .map(
            setting -> {
              String name = setting.substring(setting.indexOf('/') + 1);
              return known.contains(name)
                  ? ""
                  : "Cannot apply setting '%s': there is none of this name.%s"
                      .formatted(setting, EditDistance.suggestion(name, known));
            })
        .filter(sentence -> !sentence.isEmpty())
        .toList();
  }
}
