// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark;

import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.config.Content;
import io.ringside.spark.config.scc.SccSettings;
import io.ringside.spark.error.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.spark.SparkFiles;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The options of a catalog or table, weaker ones last; those of a single read or write come on top,
 * the settings of the session that is active when they are resolved below.
 *
 * <p>Layers that are made of one another belong to one query: they are resolved once as long as
 * neither they nor the settings change, and what they refer to is read once. Driver only.
 */
final class OptionLayers {
  private static final Logger LOG = LoggerFactory.getLogger(OptionLayers.class);

  /** The warnings that this JVM has logged. */
  private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

  private final List<Map<String, String>> layers;
  private final QueryOptions query;

  private OptionLayers(List<Map<String, String>> layers, QueryOptions query) {
    this.layers = List.copyOf(layers);
    this.query = query;
  }

  /** Options of a catalog or table, for a query of their own. */
  static OptionLayers of(Map<String, String> options) {
    return new OptionLayers(List.of(options), new QueryOptions(OptionLayers::shipped));
  }

  /** Options of a table that {@code format("cassandra")} names, for a query of their own. */
  static OptionLayers ofSource(Map<String, String> options) {
    return of(SessionSettings.without(options));
  }

  /** These layers, of this query, above weaker ones. */
  OptionLayers above(OptionLayers weaker) {
    return new OptionLayers(Stream.concat(layers.stream(), weaker.layers.stream()).toList(), query);
  }

  /** These layers below the options of a read or write. */
  OptionLayers under(CaseInsensitiveStringMap options) {
    Map<String, String> strongest = SessionSettings.without(options.asCaseSensitiveMap());
    if (strongest.isEmpty() || layers.contains(strongest)) {
      return this;
    }
    return new OptionLayers(Stream.concat(Stream.of(strongest), layers.stream()).toList(), query);
  }

  /**
   * All options resolved. Warns once in a JVM of each setting of the DataStax connector that does
   * not apply, and of each that has a name like one but is none.
   *
   * @throws InvalidInputException INVALID_OPTION with everything that is wrong
   */
  ConnectorConfig resolve() {
    SccSettings.unknown(SessionSettings.names(), ConnectorConfig.settingsOfScc())
        .forEach(OptionLayers::warn);
    return query.resolve(withSettings(), OptionLayers::warn);
  }

  /**
   * Checks the options without reading what they refer to.
   *
   * @throws InvalidInputException INVALID_OPTION with everything that is wrong
   */
  void check() {
    ConnectorConfig.of(withSettings(), Content.unread(), OptionLayers::warn);
  }

  private List<Map<String, String>> withSettings() {
    List<Map<String, String>> all = new ArrayList<>(layers);
    all.addAll(SessionSettings.active(first("cluster"), first("keyspace")));
    all.removeIf(Map::isEmpty);
    return all;
  }

  /** Where a file of {@code --files} is on Spark's driver; it need not exist. */
  private static String shipped(String name) {
    Path ofSession = Path.of(SparkFiles.get(name));
    // Since Spark 4, a session looks into a folder of its own inside the application's.
    return (Files.exists(ofSession) ? ofSession : Path.of(SparkFiles.getRootDirectory(), name))
        .toString();
  }

  private static void warn(String sentence) {
    if (WARNED.add(sentence)) {
      LOG.warn(sentence);
    }
  }

  private @Nullable String first(String option) {
    for (Map<String, String> layer : layers) {
      for (Map.Entry<String, String> entry : layer.entrySet()) {
        if (entry.getKey().equalsIgnoreCase(option)) {
          return entry.getValue();
        }
      }
    }
    return null;
  }
}
