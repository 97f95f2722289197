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
 * @param readConsistency at which a DELETE, UPDATE or MERGE reads the rows that it changes
 */
public record JobConfig(
    WriteOperation operation,
    boolean confirmTruncate,
    boolean allowSpeculation,
    WriteDistribution distribution,
    @Nullable RateLimit rateLimit,
    ConsistencyLevel readConsistency)
    implements Serializable {

  static JobConfig of(OptionResolver options) {
    return new JobConfig(
        options.get(WriteOptions.OPERATION),
        options.get(WriteOptions.CONFIRM_TRUNCATE),
        options.get(WriteOptions.ALLOW_SPECULATION),
        options.get(WriteOptions.DISTRIBUTION),
        options.find(WriteOptions.RATE_LIMIT),
        FetchConfig.readable(options, WriteOptions.ROW_LEVEL_READ_CONSISTENCY));
  }
}
