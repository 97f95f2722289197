// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cql;

import java.io.Serializable;

/**
 * One condition of a {@code WHERE} clause: a column, an operator and one marker. Sent to executors.
 *
 * @param value what the marker is bound to; for {@link Operator#IN} a CQL list
 */
public record Restriction(String column, Operator operator, CqlValue value)
    implements Serializable {

  /** CQL's comparison operators. */
  public enum Operator {
    /** {@code =}. */
    EQUAL,
    /** {@code IN ?}. */
    IN,
    /** {@code >}. */
    GREATER,
    /** {@code >=}. */
    GREATER_OR_EQUAL,
    /** {@code <}. */
    LESS,
    /** {@code <=}. */
    LESS_OR_EQUAL
  }
}
