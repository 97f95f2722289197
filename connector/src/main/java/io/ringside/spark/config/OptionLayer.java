// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.util.Map;

/**
 * Options that were given together, in any of their spellings. Driver only.
 *
 * @param origin who wrote them
 */
public record OptionLayer(Origin origin, Map<String, String> options) {
  /** Copies the options. */
  public OptionLayer {
    options = Map.copyOf(options);
  }

  /** Without the options, which may hold a secret. */
  @Override
  public String toString() {
    return origin + " " + options.keySet();
  }
}
