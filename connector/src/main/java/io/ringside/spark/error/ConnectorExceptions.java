// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.error;

/** Makes the exception that belongs to a code. On every thread and JVM. */
public final class ConnectorExceptions {
  private ConnectorExceptions() {}

  /**
   * An exception of a code that is known only when the program runs.
   *
   * @param message the whole sentence without the code
   * @return a {@link ConnectorThrowable}
   */
  public static RuntimeException of(ErrorCode code, String message) {
    return switch (code) {
      case READ_FAILED, WRITE_FAILED -> new ConnectorException(code, message);
      case UNSUPPORTED_TABLE, UNSUPPORTED_TYPE, UNSUPPORTED_OPERATION ->
          new UnsupportedException(code, message);
      case INVALID_OPTION,
          CONNECTION_FAILED,
          NOT_FOUND,
          NO_PERMISSION,
          INVALID_SCHEMA,
          INVALID_VALUE,
          DDL_FAILED ->
          new InvalidInputException(code, message);
    };
  }
}
