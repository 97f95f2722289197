// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types;

import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/** Facts about Spark's types. Pure. */
public final class SparkTypes {
  private SparkTypes() {}

  /** Whether a type is TIME, which Spark has since 4.1: nanoseconds of the day in a long. */
  public static boolean isTime(DataType type) {
    return type.typeName().startsWith("time(");
  }

  /**
   * Whether {@code CAST} makes one type of another with the meaning that a user expects, even where
   * {@code spark.sql.ansi.enabled} is true. A cast from a number to a timestamp takes seconds, and
   * is not among them.
   */
  public static boolean casts(DataType from, DataType to) {
    if (from instanceof ArrayType a && to instanceof ArrayType b) {
      return castsInside(a.elementType(), b.elementType());
    } else if (from instanceof MapType a && to instanceof MapType b) {
      return castsInside(a.keyType(), b.keyType()) && castsInside(a.valueType(), b.valueType());
    } else if (to instanceof StringType) {
      return !(from instanceof StructType)
          && !(from instanceof ArrayType)
          && !(from instanceof MapType);
    } else if (to instanceof NumericType) {
      return isText(from) || from instanceof NumericType || from instanceof BooleanType;
    } else if (to instanceof BooleanType) {
      return isText(from) || from instanceof NumericType;
    } else if (to instanceof DateType || to instanceof TimestampType) {
      return isText(from)
          || from instanceof DateType
          || from instanceof TimestampType
          || from instanceof TimestampNTZType;
    }
    return isText(from) && to instanceof BinaryType;
  }

  private static boolean castsInside(DataType from, DataType to) {
    return from.equals(to) || casts(from, to);
  }

  private static boolean isText(DataType type) {
    return type instanceof StringType;
  }
}
