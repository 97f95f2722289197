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
  /** The catalog that loads such tables; registered when the source is first used. */
  static final String CATALOG = "_cassandra";

  private final String keyspace;
  private final String table;
  private final Map<String, String> options;

  OptionsIdentifier(String keyspace, String table, Map<String, String> options) {
    this.keyspace = keyspace;
    this.table = table;
    this.options = Map.copyOf(options);
  }

  @Override
  public String[] namespace() {
    return new String[] {keyspace};
  }

  @Override
  public String name() {
    return table;
  }

  Map<String, String> options() {
    return options;
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
