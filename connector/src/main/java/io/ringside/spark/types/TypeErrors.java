// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types;

import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.error.ErrorCode;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.NumericType;

/** The texts of this package's errors. They name columns and types, never the value of a cell. */
final class TypeErrors {
  private TypeErrors() {}

  static ConnectorException unsupported(
      String column, com.datastax.oss.driver.api.core.type.DataType type) {
    return new ConnectorException(
        ErrorCode.UNSUPPORTED_TYPE,
        "Cannot map column '"
            + column
            + "': its CQL type "
            + cql(type)
            + " has no Spark counterpart. Leave the column out.");
  }

  /** A read schema that asks for another type than the column has. */
  static ConnectorException unreadable(
      String column,
      com.datastax.oss.driver.api.core.type.DataType cql,
      DataType asked,
      String given) {
    return new ConnectorException(
        ErrorCode.INVALID_SCHEMA,
        "Cannot read column '"
            + column
            + "' of CQL type "
            + cql(cql)
            + " as Spark type "
            + asked.catalogString()
            + ": it is read as "
            + given
            + ". Read it as that and cast afterwards.");
  }

  /** Data of a Spark type that a column cannot take without loss. */
  static ConnectorException unwritable(
      String path, com.datastax.oss.driver.api.core.type.DataType cql, DataType spark) {
    return new ConnectorException(
        ErrorCode.INVALID_SCHEMA,
        "Cannot write column '"
            + path
            + "': Spark type "
            + spark.catalogString()
            + " does not fit CQL type "
            + cql(cql)
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
          default -> "";
        };
    if (!form.isEmpty()) {
      return "Write " + form + '.';
    } else if (SparkTypes.casts(spark, natural)) {
      return "Cast it to " + natural.catalogString() + '.';
    } else if (CqlKind.of(cql) == CqlKind.TIMESTAMP && spark instanceof NumericType) {
      return "Make a timestamp of it by timestamp_seconds, timestamp_millis or timestamp_micros.";
    }
    return "Write " + natural.catalogString() + " instead.";
  }

  /**
   * A number that does not fit the decimal type it is read as.
   *
   * @param column the column's name, without the path inside of it
   */
  static ConnectorException inexact(String path, String column, DecimalType type) {
    return new ConnectorException(
        ErrorCode.INVALID_VALUE,
        "Cannot read column '"
            + path
            + "' as "
            + type.catalogString()
            + ": a value has more digits before or after the decimal point. Set the option decimal."
            + column
            + "=precision,scale to what the data needs (at most 38 digits), or leave the column"
            + " out.");
  }

  static ConnectorException unreadableValue(String path, String reason) {
    return new ConnectorException(
        ErrorCode.INVALID_VALUE,
        "Cannot read column '"
            + path
            + "': "
            + reason
            + ". Correct the cell or leave the column out.");
  }

  /** A cell shorter or longer than its type allows. */
  static ConnectorException malformed(String path, int size, String needed) {
    return unreadableValue(path, "a value is " + size + " bytes long where " + needed);
  }

  /** Data whose shape does not fit. */
  static ConnectorException invalidSchema(String path, String reason, String advice) {
    return new ConnectorException(
        ErrorCode.INVALID_SCHEMA,
        "Cannot write column '" + path + "': " + reason + ". " + advice + '.');
  }

  static ConnectorException invalid(String path, String reason, String advice) {
    return new ConnectorException(
        ErrorCode.INVALID_VALUE,
        "Cannot write column '" + path + "': " + reason + ". " + advice + '.');
  }

  /** A CQL type as CQL spells it. */
  static String cql(com.datastax.oss.driver.api.core.type.DataType type) {
    return type.asCql(true, true);
  }
}
