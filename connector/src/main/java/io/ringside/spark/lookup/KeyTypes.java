// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.lookup;

import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.types.CqlKind;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.jspecify.annotations.Nullable;

/** Which values can be keys of a lookup join. Pure. Driver only. */
final class KeyTypes {
  /** Each is cast to those after it without loss. */
  private static final List<DataType> WHOLE_NUMBERS =
      List.of(DataTypes.ByteType, DataTypes.ShortType, DataTypes.IntegerType, DataTypes.LongType);

  private KeyTypes() {}

  /**
   * Why a column of the table cannot be looked up by values that Spark takes as equal, or null when
   * it can.
   */
  static @Nullable String refusal(ColumnSpec column) {
    CqlKind kind = CqlKind.of(column.type());
    boolean floating = kind == CqlKind.FLOAT || kind == CqlKind.DOUBLE;
    return kind.findsAllKeys() && !floating
        ? null
        : "values of '%s', of CQL type %s, that are equal in Spark may be different keys in Cassandra"
            .formatted(column.name(), column.type().asCql(false, false));
  }

  /** Whether each value of a Spark type is one of a column's Spark type. */
  static boolean fits(DataType given, DataType wanted) {
    int from = WHOLE_NUMBERS.indexOf(given);
    return given.equals(wanted)
        || (from >= 0 && from <= WHOLE_NUMBERS.indexOf(wanted))
        || (given instanceof StringType && wanted.equals(DataTypes.StringType));
  }
}
