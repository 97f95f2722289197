// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.error;

import org.jspecify.annotations.Nullable;

/** What the cluster has not done: a read or a write has failed, as a rule in a task. */
public final class ConnectorException extends RuntimeException implements ConnectorThrowable {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String sentence;

  /**
   * An error without a cause outside the connector.
   *
   * @param code READ_FAILED or WRITE_FAILED
   * @param message the whole sentence without the code
   */
  public ConnectorException(ErrorCode code, String message) {
    this(code, message, null);
  }

  /**
   * An error that the driver, the server or Spark caused.
   *
   * @param code READ_FAILED or WRITE_FAILED
   * @param message the whole sentence without the code
   * @param cause what the driver or server said, or null
   */
  public ConnectorException(ErrorCode code, String message, @Nullable Throwable cause) {
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
