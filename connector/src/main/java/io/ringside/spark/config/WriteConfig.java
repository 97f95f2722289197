// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.io.Serializable;

/**
 * How rows are written, in one record for each part of a write. Resolved once on the driver, sent
 * to executors.
 */
public record WriteConfig(RowConfig rows, SendConfig send, JobConfig job, WriteCondition condition)
    implements Serializable {

  static WriteConfig of(OptionResolver options) {
    return new WriteConfig(
        RowConfig.of(options),
        SendConfig.of(options),
        JobConfig.of(options),
        WriteCondition.of(options));
  }
}
