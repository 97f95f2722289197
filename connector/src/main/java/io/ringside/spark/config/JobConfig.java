// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a write job as a whole does and may do. Made and used on the driver.
 *
 * @param confirmTruncate whether the table may be truncated
 * @param allowSpeculation whether Spark may run copies of tasks that add to what is there
 * @param rateLimit of the whole job, or null
 */
public record JobConfig(
    WriteOperation operation,
    boolean confirmTruncate,
    boolean allowSpeculation,
    WriteDistribution distribution,
    @Nullable RateLimit rateLimit)
    implements Serializable {

  static JobConfig of(OptionResolver options) {
    return new JobConfig(
        options.get(Options.WRITE_OPERATION),
        options.get(Options.CONFIRM_TRUNCATE),
        options.get(Options.WRITE_ALLOW_SPECULATION),
        options.get(Options.WRITE_DISTRIBUTION),
        options.find(Options.WRITE_RATE_LIMIT));
  }
}
