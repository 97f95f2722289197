// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.rows;

import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement that writes one row. Sent to executors.
 *
 * @param markers what the statement's markers are bound to, in order
 */
public record RowStatement(String cql, List<Marker> markers) implements Serializable {

  /** Copies the list. */
  public RowStatement {
    markers = List.copyOf(markers);
  }

  /** What a marker is for. */
  public enum Role {
    /** A column of the primary key; never null. */
    KEY,
    /** The new value of a cell. */
    CELL,
    /** What is added to a cell or taken from it; null for nothing. */
    CHANGE,
    /** A value in the condition; the server sends its type. */
    CONDITION,
    /** Seconds to live. */
    TTL,
    /** Microseconds since the epoch. */
    TIMESTAMP
  }

  /**
   * One marker.
   *
   * @param ordinal of the field in the input; {@link #CONSTANT} for none
   * @param column what the value must fit; null when that is not a column of the table
   */
  public record Marker(Role role, int ordinal, @Nullable ColumnSpec column)
      implements Serializable {
    /** In place of an ordinal: the same value for all rows. */
    public static final int CONSTANT = -1;

    /** Whether it takes a value of a column of a kind. */
    boolean isOf(ColumnKind kind) {
      return column != null && column.kind() == kind;
    }
  }
}
