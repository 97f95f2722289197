// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark;

import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.config.OptionLayer;
import io.ringside.spark.config.Origin;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.internal.SQLConf;
import org.jspecify.annotations.Nullable;

/**
 * What the active Spark session sets for all Cassandra tables. Each layer comes in two: what the
 * session has set, and below it what the application has started with. Driver only.
 */
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
  static List<OptionLayer> active(@Nullable String cluster, @Nullable String keyspace) {
    ApplicationSettings application = ApplicationSettings.active();
    List<OptionLayer> layers =
        new ArrayList<>(layers(PREFIX, ConnectorConfig::isOption, application));
    String named = cluster == null ? DEFAULT_CLUSTER : cluster;
    Predicate<String> scc = Set.copyOf(ConnectorConfig.settingsOfScc())::contains;
    if (keyspace != null) {
      layers.addAll(layers(named + ':' + keyspace + '/', scc, application));
    }
    layers.addAll(layers(named + '/', scc, application));
    if (!named.equals(DEFAULT_CLUSTER)) {
      layers.addAll(layers(DEFAULT_CLUSTER + '/', scc, application));
    }
    layers.addAll(layers("", scc, application));
    layers.add(
        new OptionLayer(
            Origin.SESSION, Map.of("write.time-zone", SQLConf.get().sessionLocalTimeZone())));
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
   * The layers of {@link #without}. Options that are as the application has started with them count
   * as the application's: Spark may have added them before the session has set others.
   *
   * @param origin of the options
   */
  static List<OptionLayer> given(Origin origin, Map<String, String> options) {
    ApplicationSettings application = ApplicationSettings.active();
    Map<String, String> own = without(options);
    Map<String, String> started = new HashMap<>(own);
    started
        .entrySet()
        .removeIf(option -> !option.getValue().equals(application.get(PREFIX + option.getKey())));
    own.keySet().removeAll(started.keySet());
    return List.of(new OptionLayer(origin, own), new OptionLayer(Origin.APPLICATION, started));
  }

  /**
   * The options of a catalog as the active session sets them at this moment, which may be later
   * than when Spark made the catalog, and below them those that the application started with. How
   * the session connects stays as it was made.
   *
   * @param initial the options that it was made with; all that counts for a catalog that the
   *     session's settings do not name
   */
  static List<OptionLayer> ofCatalog(String catalog, Map<String, String> initial) {
    String name = "spark.sql.catalog." + catalog;
    Map<String, String> set = new HashMap<>(initial);
    if (SparkSession.active().conf().contains(name)) {
      set.keySet().removeIf(option -> !ConnectorConfig.isOfConnection(option));
      set.putAll(withPrefix(name + '.', option -> !ConnectorConfig.isOfConnection(option)));
    }
    ApplicationSettings application = ApplicationSettings.active();
    Map<String, String> started = application.withPrefix(name + '.', option -> true);
    List<OptionLayer> layers =
        new ArrayList<>(
            layers(
                set,
                started,
                Origin.CATALOG,
                trustsSessions(application) || ConnectorConfig.trustEverybody(started)));
    if (application.get(name) == null && started.isEmpty()) {
      layers.removeIf(layer -> layer.origin() == Origin.CATALOG);
    }
    return layers;
  }

  /**
   * The options of a catalog as the active session sets them, for a program that names it.
   *
   * @throws InvalidInputException NOT_FOUND when the session has no catalog of this name
   */
  static List<OptionLayer> ofCatalog(String catalog) {
    String name = "spark.sql.catalog." + catalog;
    if (!SparkSession.active().conf().contains(name)) {
      throw new InvalidInputException(
          ErrorCode.NOT_FOUND,
          "Cannot find catalog '%s': the session does not set %s. Set it to io.ringside.spark.CassandraCatalog, or name a table as keyspace.table."
              .formatted(catalog, name));
    }
    return ofCatalog(catalog, withPrefix(name + '.', option -> true));
  }

  /** Settings of the active session with a prefix, without it, in the spelling of the user. */
  private static Map<String, String> withPrefix(String prefix, Predicate<String> wanted) {
    RuntimeConfig conf = SparkSession.active().conf();
    Map<String, String> found = new HashMap<>();
    for (String setting : names()) {
      if (setting.startsWith(prefix) && wanted.test(setting.substring(prefix.length()))) {
        found.put(setting.substring(prefix.length()), conf.get(setting));
      }
    }
    return found;
  }

  private static List<OptionLayer> layers(
      String prefix, Predicate<String> wanted, ApplicationSettings application) {
    return layers(
        withPrefix(prefix, wanted),
        application.withPrefix(prefix, wanted),
        Origin.APPLICATION,
        trustsSessions(application));
  }

  /**
   * What the session has set, and what the application has started with: of that a session may take
   * back all but permissions and, unless it is trusted, what says how to connect.
   */
  private static List<OptionLayer> layers(
      Map<String, String> session,
      Map<String, String> application,
      Origin started,
      boolean trusting) {
    Map<String, String> own = new HashMap<>(session);
    own.entrySet().removeAll(application.entrySet());
    Map<String, String> kept = new HashMap<>(application);
    kept.keySet()
        .removeIf(
            option ->
                !session.containsKey(option)
                    && !ConnectorConfig.isPermission(option)
                    && (trusting || !ConnectorConfig.isOfConnection(option)));
    return List.of(new OptionLayer(Origin.SESSION, own), new OptionLayer(started, kept));
  }

  private static boolean trustsSessions(ApplicationSettings application) {
    return ConnectorConfig.trustEverybody(application.withPrefix(PREFIX, option -> true));
  }
}
