// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark;

import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.error.ConnectorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * The options of a catalog or table, weaker ones last; those of a single read or write come on top.
 * Driver only.
 */
final class OptionLayers {
  private final List<Map<String, String>> layers;
  private final Map<String, String> aliases;

  private OptionLayers(List<Map<String, String>> layers, Map<String, String> aliases) {
    this.layers = layers;
    this.aliases = aliases;
  }

  /** Options of a catalog or table above those of the active session. */
  static OptionLayers of(Map<String, String> options) {
    SessionSettings session = SessionSettings.active();
    return new OptionLayers(List.of(options, session.options()), session.aliases());
  }

  /** These layers below others. */
  OptionLayers under(Map<String, String> options) {
    List<Map<String, String>> all = new ArrayList<>();
    all.add(options);
    all.addAll(layers);
    return new OptionLayers(all, aliases);
  }

  /** These layers below the options of a read or write. */
  OptionLayers under(CaseInsensitiveStringMap options) {
    return under(options.asCaseSensitiveMap());
  }

  /**
   * All options resolved.
   *
   * @throws ConnectorException INVALID_OPTION with everything that is wrong
   */
  ConnectorConfig resolve() {
    return ConnectorConfig.of(layers, aliases);
  }
}
