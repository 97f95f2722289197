// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types.vector;

import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.types.TypeErrors;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;

/** Errors of columns that are read. They name columns and types, never the value of a cell. */
final class VectorErrors {
  private VectorErrors() {}

  /** A read schema that asks for another type than the column has. */
  static InvalidInputException unreadable(
      String column,
      com.datastax.oss.driver.api.core.type.DataType cql,
      DataType asked,
      String given) {
    return new InvalidInputException(
        ErrorCode.INVALID_SCHEMA,
        "Cannot read column '"
            + column
            + "' of CQL type "
            + TypeErrors.cql(cql)
            + " as Spark type "
            + asked.catalogString()
            + ": it is read as "
            + given
            + ". Read it as that and cast afterwards.");
  }

  /**
   * A number that does not fit the decimal type it is read as.
   *
   * @param column the column's name, without the path inside of it
   */
  static InvalidInputException inexact(String path, String column, DecimalType type) {
    return new InvalidInputException(
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

  static InvalidInputException unreadableValue(String path, String reason) {
    return new InvalidInputException(
        ErrorCode.INVALID_VALUE,
        "Cannot read column '"
            + path
            + "': "
            + reason
            + ". Correct the cell or leave the column out.");
  }

  /** A cell shorter or longer than its type allows. */
  static InvalidInputException malformed(String path, int size, String needed) {
    return unreadableValue(path, "a value is " + size + " bytes long where " + needed);
  }
}
