// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types;

import com.datastax.oss.driver.api.core.type.DataTypes;
import io.ringside.spark.schema.FrozenTypes;
import java.util.List;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.CalendarIntervalType;
import org.apache.spark.sql.types.CharType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.VarcharType;
import org.apache.spark.sql.types.YearMonthIntervalType;
import org.jspecify.annotations.Nullable;

/**
 * The CQL type that a Spark type becomes in a new column of which nothing else is said; the way
 * back is {@link TypeMapping}. Pure. Driver only.
 */
public final class CqlDefaults {
  private static final List<CqlKind> USUAL =
      List.of(
          CqlKind.BOOLEAN,
          CqlKind.TINYINT,
          CqlKind.SMALLINT,
          CqlKind.INT,
          CqlKind.BIGINT,
          CqlKind.FLOAT,
          CqlKind.DOUBLE,
          CqlKind.BLOB,
          CqlKind.DATE,
          CqlKind.TIMESTAMP);

  private CqlDefaults() {}

  /**
   * The CQL type that is read as this Spark type and that all of its values can be written to, or
   * null for texts, decimals and types without such a one.
   */
  public static com.datastax.oss.driver.api.core.type.@Nullable DataType ofScalar(DataType spark) {
    for (CqlKind kind : USUAL) {
      if (spark.equals(kind.sparkType())) {
        return kind.type();
      }
    }
    return null;
  }

  /**
   * The CQL type, not frozen itself, but frozen inside.
   *
   * @throws IllegalArgumentException that says why there is none and what to do
   */
  public static com.datastax.oss.driver.api.core.type.DataType of(DataType spark) {
    com.datastax.oss.driver.api.core.type.DataType scalar = ofScalar(spark);
    if (scalar != null) {
      return scalar;
    } else if (spark instanceof DecimalType) {
      return DataTypes.DECIMAL;
    } else if (spark instanceof ArrayType array) {
      return DataTypes.listOf(FrozenTypes.frozen(of(array.elementType())));
    } else if (spark instanceof MapType map) {
      return DataTypes.mapOf(
          FrozenTypes.frozen(of(map.keyType())), FrozenTypes.frozen(of(map.valueType())));
    } else if (spark instanceof StructType) {
      throw new IllegalArgumentException(
          "a struct may become a tuple or a user-defined type; say which, for example"
              + " 'frozen<address>' for the type address of the keyspace");
    } else if (spark instanceof CharType || spark instanceof VarcharType) {
      throw new IllegalArgumentException(
          "Cassandra keeps no length of %s; declare it as STRING".formatted(spark.sql()));
    } else if (spark instanceof StringType) {
      return DataTypes.TEXT;
    } else if (SparkTypes.isTime(spark)) {
      return DataTypes.TIME;
    } else if (spark instanceof TimestampNTZType) {
      return DataTypes.TIMESTAMP;
    } else if (spark instanceof CalendarIntervalType
        || spark instanceof YearMonthIntervalType
        || spark instanceof DayTimeIntervalType) {
      return DataTypes.DURATION;
    }
    throw new IllegalArgumentException(
        "Spark type %s has no counterpart in CQL; use a type that has one, such as STRING"
            .formatted(spark.sql()));
  }

  /** True if a definition may say which CQL type a column of this Spark type has. */
  public static boolean hasChoice(DataType spark) {
    if (spark instanceof StructType) {
      return true;
    }
    try {
      of(spark);
      return true;
    } catch (IllegalArgumentException noneAtAll) {
      return spark instanceof ArrayType || spark instanceof MapType;
    }
  }

  /** True if a column of a CQL type can be declared by a Spark type. */
  public static boolean canDeclare(
      DataType spark, com.datastax.oss.driver.api.core.type.DataType cql, DataType natural) {
    return sameShape(spark, natural) || (isOneWay(spark) && of(spark).equals(cql));
  }

  /** True for types that Cassandra takes and gives back as another one. */
  private static boolean isOneWay(DataType spark) {
    return spark instanceof TimestampNTZType
        || spark instanceof CalendarIntervalType
        || spark instanceof YearMonthIntervalType
        || spark instanceof DayTimeIntervalType
        || SparkTypes.isTime(spark);
  }

  /**
   * True if a column of one Spark type can stand for one of the other: nullability, precision and
   * scale, and collations do not count, names of fields do.
   */
  public static boolean sameShape(DataType a, DataType b) {
    if (a instanceof DecimalType && b instanceof DecimalType) {
      return true;
    } else if (a instanceof ArrayType x && b instanceof ArrayType y) {
      return sameShape(x.elementType(), y.elementType());
    } else if (a instanceof MapType x && b instanceof MapType y) {
      return sameShape(x.keyType(), y.keyType()) && sameShape(x.valueType(), y.valueType());
    } else if (a instanceof StructType x && b instanceof StructType y) {
      return sameFields(x.fields(), y.fields());
    }
    return a.equals(b) || (isString(a) && isString(b));
  }

  private static boolean sameFields(StructField[] a, StructField[] b) {
    boolean same = a.length == b.length;
    for (int i = 0; same && i < a.length; i++) {
      same = a[i].name().equals(b[i].name()) && sameShape(a[i].dataType(), b[i].dataType());
    }
    return same;
  }

  private static boolean isString(DataType type) {
    return type instanceof StringType
        && !(type instanceof CharType)
        && !(type instanceof VarcharType);
  }
}
