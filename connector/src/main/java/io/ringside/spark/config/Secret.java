// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.io.Serializable;
import java.util.Base64;

/**
 * A text that is never shown: {@link #toString()} masks it. Sent to executors.
 *
 * @param reveal the text itself, for the driver alone
 */
public record Secret(String reveal) implements Serializable {
  static final String MASK = "*****";

  /** Bytes kept as Base64, so that equal ones are equal secrets. */
  static Secret of(byte[] bytes) {
    return new Secret(Base64.getEncoder().encodeToString(bytes));
  }

  /** The bytes of {@link #of}. */
  public byte[] bytes() {
    return Base64.getDecoder().decode(reveal);
  }

  @Override
  public String toString() {
    return MASK;
  }
}
