// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark;

import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.config.Content;
import io.ringside.spark.config.OptionLayer;
import io.ringside.spark.config.Origin;
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

  private final List<OptionLayer> layers;
  private final QueryOptions query;

  private OptionLayers(List<OptionLayer> layers, QueryOptions query) {
    this.layers = List.copyOf(layers);
    this.query = query;
  }

  /** Options of a catalog, for a query of their own. */
  static OptionLayers of(List<OptionLayer> layers) {
    return new OptionLayers(layers, new QueryOptions(OptionLayers::shipped));
  }

  /** Options of a table that {@code format("cassandra")} names, for a query of their own. */
  static OptionLayers ofSource(Map<String, String> options) {
    return of(SessionSettings.given(Origin.TABLE, options));
  }

  /** These layers, of this query, above weaker ones. */
  OptionLayers above(OptionLayers weaker) {
    return new OptionLayers(Stream.concat(layers.stream(), weaker.layers.stream()).toList(), query);
  }

  /** These layers below the options of a read or write. */
  OptionLayers under(CaseInsensitiveStringMap options) {
    List<OptionLayer> strongest =
        SessionSettings.given(Origin.STATEMENT, options.asCaseSensitiveMap()).stream()
            .filter(layer -> !has(layer))
            .toList();
    return strongest.isEmpty()
        ? this
        : new OptionLayers(Stream.concat(strongest.stream(), layers.stream()).toList(), query);
  }

  /** Whether options add nothing, as there are none or a layer has given them already. */
  private boolean has(OptionLayer options) {
    return options.options().isEmpty()
        || layers.stream().anyMatch(layer -> layer.options().equals(options.options()));
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
    ConnectorConfig.resolve(withSettings(), Content.unread(), OptionLayers::warn);
  }

  private List<OptionLayer> withSettings() {
    List<OptionLayer> all = new ArrayList<>(layers);
    all.addAll(SessionSettings.active(first("cluster"), first("keyspace")));
    // That a catalog is the application's counts even if nothing else is said of it.
    all.removeIf(layer -> layer.options().isEmpty() && layer.origin() != Origin.CATALOG);
    return all;
  }

  /**
   * Where a file of {@code --files} is on Spark's driver; it need not exist. The application's
   * files come first: since Spark 4, {@code ADD FILE} puts a session's own into a folder of its
   * own, and one of the same name must not stand for what the application's settings name.
   */
  private static String shipped(String name) {
    Path ofApplication = Path.of(SparkFiles.getRootDirectory(), name);
    return (Files.exists(ofApplication) ? ofApplication : Path.of(SparkFiles.get(name))).toString();
  }

  private static void warn(String sentence) {
    if (WARNED.add(sentence)) {
      LOG.warn(sentence);
    }
  }

  private @Nullable String first(String option) {
    for (OptionLayer layer : layers) {
      for (Map.Entry<String, String> entry : layer.options().entrySet()) {
        if (entry.getKey().equalsIgnoreCase(option)) {
          return entry.getValue();
        }
      }
    }
    return null;
  }
}
