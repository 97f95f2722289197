// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.catalog;

import io.ringside.spark.config.Permission;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.UnsupportedException;
import org.jspecify.annotations.Nullable;

/**
 * Whether statements may drop keyspaces, tables and columns, with the data in them. Pure. Driver
 * only.
 *
 * @param advice what to do about it where they may not, a whole sentence; null if they may
 */
public record DropProtection(@Nullable String advice) {
  /** Statements may drop. */
  public static final DropProtection OFF = new DropProtection(null);

  /** Statements may not drop, whatever a catalog allows. */
  public static final DropProtection ON = new DropProtection("Drop it through a catalog.");

  /** The protection of a catalog with this permission. */
  public static DropProtection of(Permission permission, String catalog) {
    return permission.granted() ? OFF : new DropProtection(permission.advice(catalog));
  }

  /**
   * Refuses a statement that drops data.
   *
   * @param what the statement as errors name it, such as {@code drop table shop.orders}
   * @throws UnsupportedException UNSUPPORTED_OPERATION if this is on
   */
  public void check(String what) {
    if (advice != null) {
      throw new UnsupportedException(
          ErrorCode.UNSUPPORTED_OPERATION,
          "Cannot %s: this catalog drops nothing. %s".formatted(what, advice));
    }
  }
}
