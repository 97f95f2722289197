// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark;

import io.ringside.spark.config.ConnectorConfig;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The catalogs behind {@code format("cassandra")}: one for each set of options that say how to
 * connect. Spark names the catalog and the table alone, without their options, when it asks whether
 * a table is there (default save mode and {@code ignore}), and the question must go to the cluster
 * that the options name. The options stay in this JVM: as settings of the session they would show
 * secrets. What a session gets as its setting is a key to them that cannot be guessed: the names of
 * these catalogs show in plans, and another session that writes such a name must not connect by it.
 * Driver only.
 */
final class SourceCatalogs {
  /** The option of such a catalog that holds its key; Spark masks values of this name. */
  static final String KEY = "secret";

  private static final String NAME = "_cassandra";
  private static final int KEY_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private static final Map<Map<String, String>, String> NAMES = new HashMap<>();
  private static final Map<String, Source> SOURCES = new HashMap<>();

  /** The options of a catalog, for whoever has the key. */
  private record Source(String key, Map<String, String> options) {}

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
          SOURCES.put(name, new Source(newKey(), Map.copyOf(unknown)));
          return name;
        });
  }

  private static String newKey() {
    byte[] key = new byte[KEY_BYTES];
    RANDOM.nextBytes(key);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
  }

  /** The key of a catalog of {@link #name}; null for the one without options. */
  static synchronized @Nullable String key(String catalog) {
    Source source = SOURCES.get(catalog);
    return source == null ? null : source.key();
  }

  /**
   * The options that say how a catalog of {@link #name} connects; none for other catalogs, and for
   * those who do not know its key.
   */
  static synchronized Map<String, String> options(String catalog, @Nullable String key) {
    Source source = SOURCES.get(catalog);
    return source != null && source.key().equals(key) ? source.options() : Map.of();
  }

  /** Whether a catalog is one of these. */
  static synchronized boolean contains(String catalog) {
    return catalog.equals(NAME) || SOURCES.containsKey(catalog);
  }
}
