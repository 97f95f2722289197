// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark;

import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.connector.catalog.Identifier;

/**
 * A table named by the options of {@code format("cassandra")}, which it carries to the catalog that
 * loads it. Driver only.
 */
final class OptionsIdentifier implements Identifier {
  private final String keyspace;
  private final String table;
  private final Map<String, String> options;
  private final OptionLayers layers;

  /**
   * A table that options name.
   *
   * @param options all of them as given, by which two such tables are the same
   * @param layers the same options for the query that names the table
   */
  OptionsIdentifier(
      String keyspace, String table, Map<String, String> options, OptionLayers layers) {
    this.keyspace = keyspace;
    this.table = table;
    this.options = Map.copyOf(options);
    this.layers = layers;
  }

  @Override
  public String[] namespace() {
    return new String[] {keyspace};
  }

  @Override
  public String name() {
    return table;
  }

  /** The options, for the query that names the table. */
  OptionLayers layers() {
    return layers;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OptionsIdentifier that
        && keyspace.equals(that.keyspace)
        && table.equals(that.table)
        && options.equals(that.options);
  }

  @Override
  public int hashCode() {
    return Objects.hash(keyspace, table, options);
  }

  /** Without the options, which may hold a secret. */
  @Override
  public String toString() {
    return keyspace + '.' + table;
  }
}
