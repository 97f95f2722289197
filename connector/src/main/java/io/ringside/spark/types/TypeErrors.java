// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types;

import com.datastax.oss.driver.api.core.type.DataType;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.UnsupportedException;

/** What errors about columns have in common, whether these are read or written. */
public final class TypeErrors {
  private TypeErrors() {}

  /** A column whose CQL type Spark has no type for. */
  public static UnsupportedException unsupported(String column, DataType type) {
    return new UnsupportedException(
        ErrorCode.UNSUPPORTED_TYPE,
        "Cannot map column '"
            + column
            + "': its CQL type "
            + cql(type)
            + " has no Spark counterpart. Leave the column out.");
  }

  /** A CQL type as CQL spells it. */
  public static String cql(DataType type) {
    return type.asCql(true, true);
  }
}
