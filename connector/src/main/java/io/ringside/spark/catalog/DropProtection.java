// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.catalog;

import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.UnsupportedException;
import org.jspecify.annotations.Nullable;

/**
 * Whether statements may drop keyspaces, tables and columns, with the data in them. Pure. Driver
 * only.
 *
 * @param catalog the catalog whose option {@code catalog.allow-drop} is false, or null if
 *     statements may drop
 */
public record DropProtection(@Nullable String catalog) {
  /** Statements may drop. */
  public static final DropProtection OFF = new DropProtection(null);

  /** Statements may not drop, whatever a catalog allows. */
  public static final DropProtection ON = new DropProtection("<name>");

  /** The protection of a catalog with this option. */
  public static DropProtection of(boolean allowDrop, String catalog) {
    return allowDrop ? OFF : new DropProtection(catalog);
  }

  /**
   * Refuses a statement that drops data.
   *
   * @param what the statement as errors name it, such as {@code drop table shop.orders}
   * @throws UnsupportedException UNSUPPORTED_OPERATION if this is on
   */
  public void check(String what) {
    if (catalog != null) {
      throw new UnsupportedException(
          ErrorCode.UNSUPPORTED_OPERATION,
          "Cannot %s: this catalog drops nothing. To allow it, run SET `spark.sql.catalog.%s.catalog.allow-drop`=true."
              .formatted(what, catalog));
    }
  }
}
