// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How a scan reads, in one record for each of its parts. Resolved once on the driver, sent to
 * executors.
 *
 * @param rateLimit of the whole scan, or null
 * @param lookupCache where lookup joins keep answers, or null for nowhere
 */
public record ReadConfig(
    SplitConfig split,
    PushdownConfig push,
    FetchConfig fetch,
    OnTruncate onTruncate,
    @Nullable RateLimit rateLimit,
    @Nullable CacheConfig lookupCache)
    implements Serializable {

  static ReadConfig of(OptionResolver options) {
    return new ReadConfig(
        SplitConfig.of(options),
        PushdownConfig.of(options),
        FetchConfig.of(options),
        options.get(ReadOptions.ON_TRUNCATE),
        options.find(ReadOptions.RATE_LIMIT),
        CacheConfig.of(options));
  }
}
