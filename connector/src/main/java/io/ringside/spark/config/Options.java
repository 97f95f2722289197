// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.util.List;
import java.util.stream.Stream;

/**
 * The registry of all options; what is not here does not exist. {@code docs/options.md} is written
 * from it. An option is declared in one place, in the class of its part.
 */
final class Options {
  private static final OptionGroup TABLES = new OptionGroup();
  private static final OptionGroup CATALOGS = new OptionGroup();

  static final ConfigOption<String> KEYSPACE =
      TABLES.add(
          ConfigOption.withoutDefault(
              "keyspace", OptionType.TEXT, "Keyspace of the table, exactly as stored."));

  static final ConfigOption<String> TABLE =
      TABLES.add(
          ConfigOption.withoutDefault(
              "table", OptionType.TEXT, "Table or materialized view, exactly as stored."));

  static final ConfigOption<Boolean> CATALOG_ALLOW_DROP =
      CATALOGS.add(
          ConfigOption.of(
              "catalog.allow-drop",
              OptionType.BOOLEAN,
              "false",
              "Whether SQL may drop keyspaces, tables and columns, with the data in them. A session"
                  + " may allow it, unless the application starts with `false`."));

  static final ConfigOption<Boolean> CATALOG_ALLOW_CQL =
      CATALOGS.add(
          ConfigOption.of(
              "catalog.allow-cql",
              OptionType.BOOLEAN,
              "false",
              "Whether the procedure `system.cql` may run schema and role statements written in CQL"
                  + " (Spark 4.0 and newer). A session may allow it, unless the application"
                  + " starts with `false`."));

  /** Every option, in the order of the documentation. */
  static final List<ConfigOption<?>> ALL =
      Stream.of(
              ConnectionOptions.ALL,
              TABLES.all(),
              ReadOptions.ALL,
              WriteOptions.ALL,
              JobOptions.ALL,
              CATALOGS.all())
          .<ConfigOption<?>>flatMap(List::stream)
          .toList();

  /** Options named after a column start with this; the rest is the column, exactly as stored. */
  static final String DECIMAL_PREFIX = "decimal.";

  /** As {@link #DECIMAL_PREFIX}. */
  static final String COLLECTION_PREFIX = "write.collection.";

  private Options() {}
}
