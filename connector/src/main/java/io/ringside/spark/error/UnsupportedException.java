// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.error;

import org.jspecify.annotations.Nullable;

/** What was asked for is not possible in Cassandra, or not offered by the connector. */
public final class UnsupportedException extends UnsupportedOperationException
    implements ConnectorThrowable {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String sentence;

  /**
   * An error without a cause outside the connector.
   *
   * @param code UNSUPPORTED_TABLE, UNSUPPORTED_TYPE or UNSUPPORTED_OPERATION
   * @param message the whole sentence without the code
   */
  public UnsupportedException(ErrorCode code, String message) {
    this(code, message, null);
  }

  /**
   * An error that the driver, the server or Spark caused.
   *
   * @param code UNSUPPORTED_TABLE, UNSUPPORTED_TYPE or UNSUPPORTED_OPERATION
   * @param message the whole sentence without the code
   * @param cause what the driver or server said, or null
   */
  public UnsupportedException(ErrorCode code, String message, @Nullable Throwable cause) {
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
