// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cql;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * One item of a {@code SELECT} clause. Sent to executors.
 *
 * @param column name, null for those {@link Kind}s that are of no column
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
    SUM,
    /** {@code writetime(c)}: microseconds since the epoch, of several cells a list. */
    WRITE_TIME,
    /** {@code ttl(c)}: seconds left, of several cells a list. */
    TTL,
    /** {@code token(pk)}, of no column. */
    TOKEN,
    /** The server's clock as a timestamp, of no column. */
    NOW;

    /** Whether it is computed from rows that are not in the answer. */
    public boolean isAggregate() {
      return switch (this) {
        case COUNT_ROWS, COUNT, MIN, MAX, SUM -> true;
        case VALUE, WRITE_TIME, TTL, TOKEN, NOW -> false;
      };
    }
  }

  /** The value of a column. */
  public static Selection of(String column) {
    return new Selection(Kind.VALUE, column);
  }
}
