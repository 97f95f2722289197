// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import io.ringside.spark.error.ConnectorException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All options of one read, write or catalog, resolved. Driver only.
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

  /** The start of session settings that the connector shares with the DataStax connector. */
  public static final String ALIAS_PREFIX = "spark.cassandra.";

  /**
   * Resolves options: the first layer that sets an option wins, then its alias, then its default.
   *
   * @param layers the strongest first; names in any case
   * @param aliases session settings by names without {@link #ALIAS_PREFIX}
   * @throws ConnectorException INVALID_OPTION with everything that is wrong
   */
  public static ConnectorConfig of(List<Map<String, String>> layers, Map<String, String> aliases) {
    OptionResolver options = new OptionResolver(layers, aliases);
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
    return Options.ALL.stream().map(ConfigOption::key).toList();
  }

  /** The names of all aliases, without {@link #ALIAS_PREFIX}. */
  public static List<String> aliases() {
    return Options.ALL.stream().flatMap(option -> option.aliases().stream()).toList();
  }
}
