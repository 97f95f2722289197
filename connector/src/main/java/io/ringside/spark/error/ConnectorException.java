// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.error;

import org.jspecify.annotations.Nullable;

/**
 * The connector's one exception. Its message has the shape {@code Cannot <verb> <object>: <reason
 * with values>. <What to do>.} and ends with the code in brackets; it never holds a secret nor the
 * value of a cell, but for the key of a row that cannot be written. Thrown on the driver and on
 * executors.
 */
public final class ConnectorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String sentence;

  /**
   * An error without a cause outside the connector.
   *
   * @param message the whole sentence without the code
   */
  public ConnectorException(ErrorCode code, String message) {
    this(code, message, null);
  }

  /**
   * An error that the driver, the server or Spark caused.
   *
   * @param message the whole sentence without the code
   * @param cause what the driver or server said, or null
   */
  public ConnectorException(ErrorCode code, String message, @Nullable Throwable cause) {
    super(message + " [" + code + "]", cause);
    this.code = code;
    this.sentence = message;
  }

  /** The message without the code at its end, as a part of another message. */
  public String sentence() {
    return sentence;
  }

  /** What kind of thing went wrong. */
  public ErrorCode code() {
    return code;
  }
}
