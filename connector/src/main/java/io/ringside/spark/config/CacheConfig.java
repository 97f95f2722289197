// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much an executor keeps of what it has read. Made on the driver, sent to executors.
 *
 * @param bytes of heap at most, more than 0
 * @param time how long it is kept
 */
public record CacheConfig(long bytes, Duration time) implements Serializable {
  static @Nullable CacheConfig of(OptionResolver options) {
    Long bytes = options.find(ReadOptions.LOOKUP_CACHE_SIZE);
    Duration time = options.get(ReadOptions.LOOKUP_CACHE_TIME);
    return bytes == null ? null : new CacheConfig(bytes, time);
  }
}
