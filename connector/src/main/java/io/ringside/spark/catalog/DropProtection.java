// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.catalog;

import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.error.ErrorCode;

/**
 * Whether statements may drop keyspaces, tables and columns, with the data in them. Driver only.
 */
public enum DropProtection {
  /** They may: option {@code catalog.allow-drop} is true. */
  OFF,
  /** They are refused, which is the default. */
  ON;

  /** The protection of a catalog with this option. */
  public static DropProtection of(boolean allowDrop) {
    return allowDrop ? OFF : ON;
  }

  /**
   * Refuses a statement that drops data.
   *
   * @param what the statement as errors name it, such as {@code drop table shop.orders}
   * @throws ConnectorException UNSUPPORTED_OPERATION if this is on
   */
  public void check(String what) {
    if (this == ON) {
      throw new ConnectorException(
          ErrorCode.UNSUPPORTED_OPERATION,
          "Cannot %s: this catalog drops nothing. Set spark.sql.catalog.<name>.catalog.allow-drop=true"
                  .formatted(what)
              + " to allow it.");
    }
  }
}
