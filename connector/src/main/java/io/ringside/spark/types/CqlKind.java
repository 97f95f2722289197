// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.ListType;
import com.datastax.oss.driver.api.core.type.MapType;
import com.datastax.oss.driver.api.core.type.SetType;
import com.datastax.oss.driver.api.core.type.TupleType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.datastax.oss.driver.api.core.type.VectorType;
import java.util.Map;

/** The families of CQL types, so that every decision about types is an exhaustive switch. */
public enum CqlKind {
  ASCII,
  TEXT,
  BOOLEAN,
  TINYINT,
  SMALLINT,
  INT,
  BIGINT,
  COUNTER,
  FLOAT,
  DOUBLE,
  VARINT,
  DECIMAL,
  BLOB,
  TIMESTAMP,
  DATE,
  TIME,
  DURATION,
  UUID,
  TIMEUUID,
  INET,
  LIST,
  SET,
  MAP,
  TUPLE,
  UDT,
  VECTOR,
  /** Custom classes, among them {@code empty} and dynamic composites. */
  UNSUPPORTED;

  private static final Map<DataType, CqlKind> SCALARS =
      Map.ofEntries(
          Map.entry(DataTypes.ASCII, ASCII),
          Map.entry(DataTypes.TEXT, TEXT),
          Map.entry(DataTypes.BOOLEAN, BOOLEAN),
          Map.entry(DataTypes.TINYINT, TINYINT),
          Map.entry(DataTypes.SMALLINT, SMALLINT),
          Map.entry(DataTypes.INT, INT),
          Map.entry(DataTypes.BIGINT, BIGINT),
          Map.entry(DataTypes.COUNTER, COUNTER),
          Map.entry(DataTypes.FLOAT, FLOAT),
          Map.entry(DataTypes.DOUBLE, DOUBLE),
          Map.entry(DataTypes.VARINT, VARINT),
          Map.entry(DataTypes.DECIMAL, DECIMAL),
          Map.entry(DataTypes.BLOB, BLOB),
          Map.entry(DataTypes.TIMESTAMP, TIMESTAMP),
          Map.entry(DataTypes.DATE, DATE),
          Map.entry(DataTypes.TIME, TIME),
          Map.entry(DataTypes.DURATION, DURATION),
          Map.entry(DataTypes.UUID, UUID),
          Map.entry(DataTypes.TIMEUUID, TIMEUUID),
          Map.entry(DataTypes.INET, INET));

  /** The family of a type; total. */
  public static CqlKind of(DataType type) {
    CqlKind scalar = SCALARS.get(type);
    if (scalar != null) {
      return scalar;
    } else if (type instanceof ListType) {
      return LIST;
    } else if (type instanceof SetType) {
      return SET;
    } else if (type instanceof MapType) {
      return MAP;
    } else if (type instanceof TupleType) {
      return TUPLE;
    } else if (type instanceof UserDefinedType) {
      return UDT;
    } else if (type instanceof VectorType) {
      return VECTOR;
    }
    return UNSUPPORTED;
  }

  /**
   * Whether a cell may have no bytes though no value of the type is written so. Cassandra keeps
   * such a cell, sorts it before all values, and reads it as no value; Spark sees it as null.
   */
  public boolean mayBeEmpty() {
    return switch (this) {
      case BOOLEAN, INT, BIGINT, FLOAT, DOUBLE, VARINT, DECIMAL, TIMESTAMP -> true;
      case UUID, TIMEUUID, INET -> true;
      case ASCII, TEXT, BLOB, TINYINT, SMALLINT, COUNTER, DATE, TIME, DURATION -> false;
      case LIST, SET, MAP, TUPLE, UDT, VECTOR, UNSUPPORTED -> false;
    };
  }

  /**
   * Whether values that are equal in Spark have the same bytes in Cassandra. Decimals may differ in
   * scale, {@code varint} in leading bytes, floating point in the sign of zero and the bits of NaN,
   * and any byte but 0 is true.
   */
  public boolean hasOneEncoding() {
    return switch (this) {
      case BOOLEAN, FLOAT, DOUBLE, VARINT, DECIMAL -> false;
      case ASCII, TEXT, BLOB, TINYINT, SMALLINT, INT, BIGINT, COUNTER -> true;
      case TIMESTAMP, DATE, TIME, DURATION, UUID, TIMEUUID, INET -> true;
      case LIST, SET, MAP, TUPLE, UDT, VECTOR, UNSUPPORTED -> false;
    };
  }
}
