// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Under which condition a row is written: Cassandra's lightweight transactions. Resolved once on
 * the driver, sent to executors.
 *
 * @param ifNotExists whether only rows are written that are not there yet
 * @param condition CQL after {@code IF}, or null
 */
public record WriteCondition(
    boolean ifNotExists,
    @Nullable String condition,
    NotApplied notApplied,
    SerialConsistency consistency)
    implements Serializable {

  static WriteCondition of(OptionResolver options) {
    WriteCondition found =
        new WriteCondition(
            options.get(WriteOptions.IF_NOT_EXISTS),
            options.find(WriteOptions.IF),
            options.get(WriteOptions.NOT_APPLIED),
            options.get(WriteOptions.SERIAL_CONSISTENCY));
    if (found.ifNotExists && found.condition != null) {
      options.error(
          "Cannot read option 'write.if': 'write.if-not-exists' is set as well. Use one of them.");
    }
    return found;
  }

  /** Whether there is a condition at all. */
  public boolean isSet() {
    return ifNotExists || condition != null;
  }
}
