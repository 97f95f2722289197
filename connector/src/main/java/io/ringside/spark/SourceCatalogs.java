// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark;

import io.ringside.spark.config.ConnectorConfig;
import java.util.HashMap;
import java.util.Map;

/**
 * The catalogs behind {@code format("cassandra")}: one for each set of options that say how to
 * connect. Spark names the catalog and the table alone, without their options, when it asks whether
 * a table is there (default save mode and {@code ignore}), and the question must go to the cluster
 * that the options name. The options stay in this JVM: as settings of the session they would show
 * secrets. Driver only.
 */
final class SourceCatalogs {
  private static final String NAME = "_cassandra";

  private static final Map<Map<String, String>, String> NAMES = new HashMap<>();
  private static final Map<String, Map<String, String>> OPTIONS = new HashMap<>();

  private SourceCatalogs() {}

  /** The name of the catalog for a source of these options. */
  static synchronized String name(Map<String, String> options) {
    Map<String, String> connection = new HashMap<>(options);
    connection.keySet().removeIf(option -> !ConnectorConfig.isOfConnection(option));
    if (connection.isEmpty()) {
      return NAME;
    }
    return NAMES.computeIfAbsent(
        connection,
        unknown -> {
          String name = NAME + '_' + (NAMES.size() + 1);
          OPTIONS.put(name, Map.copyOf(unknown));
          return name;
        });
  }

  /** The options that say how a catalog of {@link #name} connects; none for other catalogs. */
  static synchronized Map<String, String> options(String catalog) {
    return OPTIONS.getOrDefault(catalog, Map.of());
  }

  /** Whether a catalog is one of these. */
  static synchronized boolean contains(String catalog) {
    return catalog.equals(NAME) || OPTIONS.containsKey(catalog);
  }
}
