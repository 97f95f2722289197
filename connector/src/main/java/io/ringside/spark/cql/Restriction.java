// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cql;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.querybuilder.QueryBuilder;
import com.datastax.oss.driver.api.querybuilder.relation.ColumnRelationBuilder;
import com.datastax.oss.driver.api.querybuilder.relation.Relation;
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

  /** The condition with its marker. */
  Relation relation() {
    ColumnRelationBuilder<Relation> restricted =
        Relation.column(CqlIdentifier.fromInternal(column));
    return switch (operator) {
      case EQUAL -> restricted.isEqualTo(QueryBuilder.bindMarker());
      case IN -> restricted.in(QueryBuilder.bindMarker());
      case GREATER -> restricted.isGreaterThan(QueryBuilder.bindMarker());
      case GREATER_OR_EQUAL -> restricted.isGreaterThanOrEqualTo(QueryBuilder.bindMarker());
      case LESS -> restricted.isLessThan(QueryBuilder.bindMarker());
      case LESS_OR_EQUAL -> restricted.isLessThanOrEqualTo(QueryBuilder.bindMarker());
    };
  }
}
