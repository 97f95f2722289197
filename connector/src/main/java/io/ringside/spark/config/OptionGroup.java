// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of the registry: options in the order in which they are declared, which is that of the
 * documentation. Filled while the class that declares them is loaded.
 */
final class OptionGroup {
  private final List<ConfigOption<?>> options = new ArrayList<>();

  /** Adds an option and returns it, so that its declaration is its only mention. */
  <T> ConfigOption<T> add(ConfigOption<T> option) {
    options.add(option);
    return option;
  }

  /** The options added so far. */
  List<ConfigOption<?>> all() {
    return List.copyOf(options);
  }
}
