// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types.encode;

import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.types.CqlKind;
import io.ringside.spark.types.DecimalTypes;
import io.ringside.spark.types.SparkTypes;
import io.ringside.spark.types.TypeErrors;
import io.ringside.spark.types.TypeMapping;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/** Errors of columns that are written. They name columns and types, never the value of a cell. */
final class EncodeErrors {
  private EncodeErrors() {}

  /** Data of a Spark type that a column cannot take without loss. */
  static InvalidInputException unwritable(
      String path, com.datastax.oss.driver.api.core.type.DataType cql, DataType spark) {
    return new InvalidInputException(
        ErrorCode.INVALID_SCHEMA,
        "Cannot write column '"
            + path
            + "': Spark type "
            + spark.catalogString()
            + " does not fit CQL type "
            + TypeErrors.cql(cql)
            + " without loss. "
            + advice(cql, spark, path));
  }

  /** A cast where Spark has one that means what the column means, else what to write. */
  private static String advice(
      com.datastax.oss.driver.api.core.type.DataType cql, DataType spark, String path) {
    DataType natural = TypeMapping.sparkType(cql, DecimalTypes.defaults(), path);
    String form =
        switch (CqlKind.of(cql)) {
          case TIME -> "a TIME, or the nanoseconds of the day as bigint";
          case DURATION -> "an interval, or a text such as 1y2mo3d4h5m6s";
          case UUID, TIMEUUID -> "its text of 36 characters";
          case INET -> "an address as text";
          case ASCII, TEXT, BLOB, BOOLEAN, TIMESTAMP, DATE -> "";
          case TINYINT, SMALLINT, INT, BIGINT, COUNTER, FLOAT, DOUBLE, VARINT, DECIMAL -> "";
          case LIST, SET, MAP, TUPLE, UDT, VECTOR, UNSUPPORTED -> "";
        };
    if (!form.isEmpty()) {
      return "Write " + form + '.';
    } else if (SparkTypes.casts(spark, natural)) {
      return "Cast it to " + natural.catalogString() + '.';
    } else if (CqlKind.of(cql) == CqlKind.TIMESTAMP && spark instanceof NumericType) {
      return "Make a timestamp of it by timestamp_seconds, timestamp_millis or timestamp_micros.";
    } else if (CqlKind.of(cql) == CqlKind.TEXT && isNested(spark)) {
      return "Make a text of it by to_json.";
    }
    return "Write " + natural.catalogString() + " instead.";
  }

  private static boolean isNested(DataType spark) {
    return spark instanceof StructType || spark instanceof ArrayType || spark instanceof MapType;
  }

  /**
   * A value that a type with other values in it cannot hold.
   *
   * @param reason what is wrong with it, as in "is outside 0 to 9"
   */
  static InvalidInputException unconvertible(
      String path,
      com.datastax.oss.driver.api.core.type.DataType cql,
      DataType spark,
      String reason) {
    return invalid(
        path,
        "a value of Spark type %s does not fit CQL type %s: it %s"
            .formatted(spark.catalogString(), TypeErrors.cql(cql), reason),
        "Correct the value or use null");
  }

  /** Data whose shape does not fit. */
  static InvalidInputException invalidSchema(String path, String reason, String advice) {
    return new InvalidInputException(
        ErrorCode.INVALID_SCHEMA,
        "Cannot write column '" + path + "': " + reason + ". " + advice + '.');
  }

  static InvalidInputException invalid(String path, String reason, String advice) {
    return new InvalidInputException(
        ErrorCode.INVALID_VALUE,
        "Cannot write column '" + path + "': " + reason + ". " + advice + '.');
  }
}
