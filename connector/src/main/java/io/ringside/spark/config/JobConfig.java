// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a write job as a whole does and may do. Made and used on the driver.
 *
 * @param confirmTruncate whether the table may be truncated
 * @param partitionOverwrite what an overwrite without a condition replaces
 * @param allowSpeculation whether Spark may run copies of tasks that add to what is there
 * @param rateLimit of the whole job, or null
 * @param readConsistency at which a DELETE, UPDATE or MERGE reads the rows that it changes
 */
public record JobConfig(
    WriteOperation operation,
    boolean confirmTruncate,
    PartitionOverwriteMode partitionOverwrite,
    boolean allowSpeculation,
    WriteDistribution distribution,
    @Nullable RateLimit rateLimit,
    ConsistencyLevel readConsistency)
    implements Serializable {

  static JobConfig of(OptionResolver options) {
    return new JobConfig(
        options.get(JobOptions.OPERATION),
        options.get(JobOptions.CONFIRM_TRUNCATE),
        options.get(JobOptions.PARTITION_OVERWRITE_MODE),
        options.get(JobOptions.ALLOW_SPECULATION),
        options.get(JobOptions.DISTRIBUTION),
        options.find(JobOptions.RATE_LIMIT),
        FetchConfig.readable(options, JobOptions.ROW_LEVEL_READ_CONSISTENCY));
  }
}
