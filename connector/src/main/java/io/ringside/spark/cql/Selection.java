// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cql;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * One item of a {@code SELECT} clause. Sent to executors.
 *
 * @param column name, null for {@link Kind#COUNT_ROWS} alone
 */
public record Selection(Kind kind, @Nullable String column) implements Serializable {

  /** What is selected of the column. */
  public enum Kind {
    /** Its value. */
    VALUE,
    /** {@code count(*)}. */
    COUNT_ROWS,
    /** {@code count(c)}: values that are not null. */
    COUNT,
    /** {@code min(c)}. */
    MIN,
    /** {@code max(c)}. */
    MAX,
    /** The sum of a column of 32 bits or less as a bigint, null when there is no value. */
    SUM
  }

  /** The value of a column. */
  public static Selection of(String column) {
    return new Selection(Kind.VALUE, column);
  }
}
