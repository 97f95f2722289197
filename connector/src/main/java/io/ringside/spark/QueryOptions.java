// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark;

import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.config.Content;
import io.ringside.spark.config.OptionLayer;
import io.ringside.spark.error.InvalidInputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What one query has resolved already: its options for each set of layers, and the content of the
 * files and URLs that they name. Safe for several threads. Driver only; one per query.
 */
final class QueryOptions {
  /** A table that is kept, as a DataFrame keeps it, may meet many settings one after another. */
  private static final int MOST_RESOLVED = 8;

  private final Content content;
  private final Map<List<OptionLayer>, ConnectorConfig> resolved = new LinkedHashMap<>();

  /**
   * Nothing resolved yet.
   *
   * @param shipped the local path of a file of Spark's {@code --files}, by its name; need not exist
   */
  QueryOptions(UnaryOperator<String> shipped) {
    this.content = Content.shippedAt(shipped);
  }

  /**
   * The options of these layers.
   *
   * @param layers the strongest first, the settings of the session with them
   * @param warnings takes a sentence for each setting that does not apply
   * @throws InvalidInputException INVALID_OPTION with everything that is wrong
   */
  synchronized ConnectorConfig resolve(List<OptionLayer> layers, Consumer<String> warnings) {
    ConnectorConfig known = resolved.get(layers);
    if (known != null) {
      return known;
    }
    ConnectorConfig config = ConnectorConfig.resolve(layers, content, warnings);
    if (resolved.size() == MOST_RESOLVED) {
      resolved.remove(resolved.keySet().iterator().next());
    }
    resolved.put(List.copyOf(layers), config);
    return config;
  }
}
