// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.error;

/**
 * An exception of the connector. Its message has the shape {@code Cannot <verb> <object>: <reason
 * with values>. <What to do>.} and ends with the code in brackets; it never holds a secret nor the
 * value of a cell, but for the key of a row that cannot be written. Thrown on the driver and on
 * executors.
 *
 * <p>As with Spark's {@code SparkThrowable}, the classes that implement it extend those of the JDK
 * that say the same, which PySpark shows in one line, without Java's stack.
 */
public interface ConnectorThrowable {
  /** What kind of thing went wrong. */
  ErrorCode code();

  /** The message without the code at its end, as a part of another message. */
  String sentence();
}
