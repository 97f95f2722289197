// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config.scc;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The name that the DataStax connector (SCC) has for an option of this connector. Driver only.
 *
 * @param name with {@code spark.cassandra.} where it is a setting; without where it is an option of
 *     a single read or write
 * @param translation of SCC's value into ours; null where SCC's value means that nothing is set
 * @param difference what is not the same, for the documentation; may be empty
 */
public record Alias(String name, UnaryOperator<@Nullable String> translation, String difference) {
  /** The same meaning and unit. */
  public static Alias same(String name) {
    return new Alias(name, value -> value, "");
  }
}
