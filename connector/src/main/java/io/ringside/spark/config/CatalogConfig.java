// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.io.Serializable;

/**
 * What a catalog does with schema statements. Driver only.
 *
 * @param drop whether keyspaces, tables and columns may be dropped
 * @param cql whether the procedure {@code system.cql} runs statements
 */
public record CatalogConfig(Permission drop, Permission cql) implements Serializable {
  static CatalogConfig of(OptionResolver options) {
    return new CatalogConfig(
        Permission.of(Options.CATALOG_ALLOW_DROP, options),
        Permission.of(Options.CATALOG_ALLOW_CQL, options));
  }
}
