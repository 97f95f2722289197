// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.error;

import org.jspecify.annotations.Nullable;

/**
 * What was given does not do: an option, a name, a schema, a value or a statement, or where the
 * cluster is.
 */
public final class InvalidInputException extends IllegalArgumentException
    implements ConnectorThrowable {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String sentence;

  /**
   * An error without a cause outside the connector.
   *
   * @param code INVALID_OPTION, CONNECTION_FAILED, NOT_FOUND, NO_PERMISSION, INVALID_SCHEMA,
   *     INVALID_VALUE or DDL_FAILED
   * @param message the whole sentence without the code
   */
  public InvalidInputException(ErrorCode code, String message) {
    this(code, message, null);
  }

  /**
   * An error that the driver, the server or Spark caused.
   *
   * @param code INVALID_OPTION, CONNECTION_FAILED, NOT_FOUND, NO_PERMISSION, INVALID_SCHEMA,
   *     INVALID_VALUE or DDL_FAILED
   * @param message the whole sentence without the code
   * @param cause what the driver or server said, or null
   */
  public InvalidInputException(ErrorCode code, String message, @Nullable Throwable cause) {
    super(message + " [" + code + "]", cause);
    this.code = code;
    this.sentence = message;
  }

  @Override
  public ErrorCode code() {
    return code;
  }

  @Override
  public String sentence() {
    return sentence;
  }
}
