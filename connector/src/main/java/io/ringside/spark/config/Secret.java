// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.io.Serializable;

/**
 * A text that is never shown: {@link #toString()} masks it. Sent to executors.
 *
 * @param reveal the text itself, for the driver alone
 */
public record Secret(String reveal) implements Serializable {
  static final String MASK = "*****";

  @Override
  public String toString() {
    return MASK;
  }
}
