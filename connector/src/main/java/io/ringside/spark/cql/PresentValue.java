// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cql;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.querybuilder.QueryBuilder;
import com.datastax.oss.driver.api.querybuilder.select.Selector;
import java.util.Set;

/**
 * A column's value in an aggregate, where a cell without bytes does not count. Cassandra's
 * aggregates take such a cell for a value and its arithmetic takes it for null, so the value is
 * computed: less nothing, which also keeps the sign of zero. Pure.
 */
public final class PresentValue {
  private static final Set<DataType> NUMBERS =
      Set.of(
          DataTypes.INT,
          DataTypes.BIGINT,
          DataTypes.FLOAT,
          DataTypes.DOUBLE,
          DataTypes.VARINT,
          DataTypes.DECIMAL);

  private PresentValue() {}

  /** Whether cells without bytes of this type can be distinguished from values in an aggregate. */
  public static boolean isKnown(DataType type) {
    return NUMBERS.contains(type) || type.equals(DataTypes.TIMESTAMP);
  }

  /** The value of a column of any type, computed where that is needed and known. */
  static Selector of(Selector column, DataType type) {
    if (NUMBERS.contains(type)) {
      return Selector.subtract(column, Selector.typeHint(QueryBuilder.literal(0), type));
    }
    return type.equals(DataTypes.TIMESTAMP)
        ? Selector.add(column, QueryBuilder.raw("(duration)0s"))
        : column;
  }
}
