// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * How a task fetches pages. Made on the driver, sent to executors.
 *
 * @param rangesInFlight token ranges that a task reads at once, at least 1
 * @param keysInFlight partitions that a task looks up at once, at least 1
 * @param pageBytes wanted bytes of a page, at least 1
 * @param bufferBytes bytes of pages that are requested or wait to be consumed, for each task
 * @param pageTimeout for one request
 * @param retryTime how long after its first failure a page may be requested again
 */
public record FetchConfig(
    ConsistencyLevel consistency,
    int rangesInFlight,
    int keysInFlight,
    long pageBytes,
    long bufferBytes,
    Duration pageTimeout,
    Duration retryTime)
    implements Serializable {

  static FetchConfig of(OptionResolver options) {
    return new FetchConfig(
        consistency(options, Options.READ_CONSISTENCY),
        options.get(Options.READ_RANGES_IN_FLIGHT),
        options.get(Options.READ_KEYS_IN_FLIGHT),
        options.get(Options.READ_PAGE_SIZE),
        options.get(Options.READ_BUFFER_SIZE),
        options.get(Options.READ_PAGE_TIMEOUT),
        options.get(Options.READ_RETRY_TIME));
  }

  private static ConsistencyLevel consistency(
      OptionResolver options, ConfigOption<ConsistencyLevel> option) {
    ConsistencyLevel consistency = options.get(option);
    if (consistency == ConsistencyLevel.ANY || consistency == ConsistencyLevel.EACH_QUORUM) {
      options.error(
          "Cannot read option '%s': %s is a level for writes only."
              .formatted(option.key(), consistency));
    }
    return consistency;
  }
}
