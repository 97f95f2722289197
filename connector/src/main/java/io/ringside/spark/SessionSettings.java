// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark;

import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.internal.SQLConf;
import org.jspecify.annotations.Nullable;

/** What the active Spark session sets for all Cassandra tables. Driver only. */
final class SessionSettings {
  /** The short name of the source, by which Spark looks up its session settings. */
  static final String SOURCE = "cassandra";

  /** The start of the names of the source's session settings. */
  static final String PREFIX = "spark.datasource." + SOURCE + '.';

  private static final String DEFAULT_CLUSTER = "default";

  private SessionSettings() {}

  /**
   * Layers of the settings of the session that is active in this thread, the strongest first:
   * {@code spark.datasource.cassandra.*}, then what the DataStax connector (SCC) knows: {@code
   * <cluster>:<keyspace>/<setting>}, {@code <cluster>/<setting>}, {@code default/<setting>}, and
   * the setting alone; last the session's own time zone.
   *
   * @param cluster null for {@code default}
   * @param keyspace null where none is named by an option
   */
  static List<Map<String, String>> active(@Nullable String cluster, @Nullable String keyspace) {
    RuntimeConfig conf = SparkSession.active().conf();
    List<Map<String, String>> layers = new ArrayList<>();
    layers.add(options(conf, PREFIX, ConnectorConfig::isOption));
    String named = cluster == null ? DEFAULT_CLUSTER : cluster;
    List<String> scc = ConnectorConfig.settingsOfScc();
    if (keyspace != null) {
      layers.add(withPrefix(conf, named + ':' + keyspace + '/', scc));
    }
    layers.add(withPrefix(conf, named + '/', scc));
    if (!named.equals(DEFAULT_CLUSTER)) {
      layers.add(withPrefix(conf, DEFAULT_CLUSTER + '/', scc));
    }
    layers.add(withPrefix(conf, "", scc));
    layers.add(Map.of("write.time-zone", SQLConf.get().sessionLocalTimeZone()));
    return layers;
  }

  /**
   * The names of all settings of the session that is active in this thread, the application's with
   * them. Spark's public interface returns them as a Scala collection only.
   */
  static List<String> names() {
    return List.copyOf(SQLConf.get().settings().keySet());
  }

  /**
   * Options of a read or write without those that Spark has put among them: it adds the settings of
   * the source to the options of a program, in the spelling that the session has.
   */
  static Map<String, String> without(Map<String, String> options) {
    RuntimeConfig conf = SparkSession.active().conf();
    Map<String, String> own = new HashMap<>(options);
    own.entrySet()
        .removeIf(
            option ->
                conf.contains(PREFIX + option.getKey())
                    && option.getValue().equals(conf.get(PREFIX + option.getKey())));
    return own;
  }

  /**
   * Settings with a prefix, without it, that are wanted, in the spelling that the user gave them.
   */
  private static Map<String, String> options(
      RuntimeConfig conf, String prefix, Predicate<String> wanted) {
    Map<String, String> found = new HashMap<>();
    for (String setting : names()) {
      if (setting.startsWith(prefix) && wanted.test(setting.substring(prefix.length()))) {
        found.put(setting.substring(prefix.length()), conf.get(setting));
      }
    }
    return found;
  }

  /**
   * The options of a catalog as the active session sets them, for a program that names it.
   *
   * @throws InvalidInputException NOT_FOUND when the session has no catalog of this name
   */
  static Map<String, String> ofCatalog(String catalog) {
    RuntimeConfig conf = SparkSession.active().conf();
    String name = "spark.sql.catalog." + catalog;
    if (!conf.contains(name)) {
      throw new InvalidInputException(
          ErrorCode.NOT_FOUND,
          "Cannot find catalog '%s': the session does not set %s. Set it to io.ringside.spark.CassandraCatalog, or name a table as keyspace.table."
              .formatted(catalog, name));
    }
    return options(conf, name + '.', option -> true);
  }

  /**
   * The options of a catalog as the active session sets them at this moment, which may be later
   * than when Spark made the catalog. How it connects stays as it was made: else a session could
   * send the catalog's password to another host.
   *
   * @param initial the options that it was made with; all that counts for a catalog that the
   *     session's settings do not name
   */
  static Map<String, String> ofCatalog(String catalog, Map<String, String> initial) {
    RuntimeConfig conf = SparkSession.active().conf();
    String name = "spark.sql.catalog." + catalog;
    if (!conf.contains(name)) {
      return initial;
    }
    Map<String, String> options =
        options(conf, name + '.', option -> !ConnectorConfig.isOfConnection(option));
    initial.forEach(
        (option, value) -> {
          if (ConnectorConfig.isOfConnection(option)) {
            options.put(option, value);
          }
        });
    return options;
  }

  private static Map<String, String> withPrefix(
      RuntimeConfig conf, String prefix, List<String> names) {
    Map<String, String> found = new HashMap<>();
    for (String name : names) {
      if (conf.contains(prefix + name)) {
        found.put(name, conf.get(prefix + name));
      }
    }
    return found;
  }
}
