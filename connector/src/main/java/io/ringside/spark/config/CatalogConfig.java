// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.io.Serializable;

/**
 * What a catalog does with schema statements. Driver only.
 *
 * @param allowDrop whether keyspaces, tables and columns may be dropped
 * @param allowCql whether the procedure {@code system.cql} runs statements
 */
public record CatalogConfig(boolean allowDrop, boolean allowCql) implements Serializable {
  static CatalogConfig of(OptionResolver options) {
    return new CatalogConfig(
        options.get(Options.CATALOG_ALLOW_DROP), options.get(Options.CATALOG_ALLOW_CQL));
  }
}
