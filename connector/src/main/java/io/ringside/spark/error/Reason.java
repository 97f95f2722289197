// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.error;

import org.jspecify.annotations.Nullable;

/**
 * The message of another program, as a part of one of the connector's sentences. On every thread
 * and JVM.
 */
public final class Reason {
  private Reason() {}

  /**
   * The message of an error without spaces and full stops at its end, as a sentence around it
   * brings its own; the simple name of its class when it has no message.
   */
  public static String of(Throwable error) {
    @Nullable String message = error.getMessage();
    String text = message == null ? "" : withoutFullStop(message);
    return text.isEmpty() ? error.getClass().getSimpleName() : text;
  }

  private static String withoutFullStop(String message) {
    int end = message.length();
    while (end > 0 && (message.charAt(end - 1) == '.' || message.charAt(end - 1) <= ' ')) {
      end--;
    }
    return message.substring(0, end);
  }
}
