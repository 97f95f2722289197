// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark;

import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.config.scc.SccSettings;
import io.ringside.spark.error.ConnectorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkFiles;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The options of a catalog or table, weaker ones last; those of a single read or write come on top,
 * the settings of the session that is active when they are resolved below. Driver only.
 */
final class OptionLayers {
  private static final Logger LOG = LoggerFactory.getLogger(OptionLayers.class);

  /** What this JVM has warned of. */
  private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

  private final List<Map<String, String>> layers;

  private OptionLayers(List<Map<String, String>> layers) {
    this.layers = layers;
  }

  /** Options of a catalog or table. */
  static OptionLayers of(Map<String, String> options) {
    return new OptionLayers(List.of(options));
  }

  /** These layers below others. */
  OptionLayers under(Map<String, String> options) {
    List<Map<String, String>> all = new ArrayList<>();
    all.add(options);
    all.addAll(layers);
    return new OptionLayers(all);
  }

  /** These layers below the options of a read or write. */
  OptionLayers under(CaseInsensitiveStringMap options) {
    return under(options.asCaseSensitiveMap());
  }

  /**
   * All options resolved. Warns once in a JVM of each setting of the DataStax connector that does
   * not apply, and of each that has a name like one but is none.
   *
   * @throws ConnectorException INVALID_OPTION with everything that is wrong
   */
  ConnectorConfig resolve() {
    List<Map<String, String>> all = new ArrayList<>(layers);
    all.addAll(SessionSettings.active(first("cluster"), first("keyspace")));
    SccSettings.unknown(SessionSettings.names(), ConnectorConfig.settingsOfScc())
        .forEach(OptionLayers::warn);
    return ConnectorConfig.of(all, OptionLayers::shipped, OptionLayers::warn);
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
