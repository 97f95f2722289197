// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * How a task fetches pages. Made on the driver, sent to executors.
 *
 * @param rangesInFlight token ranges that a task reads at once, at least 1
 * @param keysInFlight partitions that a task looks up at once, at least 1
 * @param bufferBytes bytes of heap of pages that are requested or wait to be consumed, for each
 *     task
 * @param retryTime how long after its first failure a page may be requested again
 * @param hedging whether a second replica is asked for a page that the first does not answer
 */
public record FetchConfig(
    ConsistencyLevel consistency,
    int rangesInFlight,
    int keysInFlight,
    PageConfig pages,
    long bufferBytes,
    Duration retryTime,
    boolean hedging)
    implements Serializable {

  static FetchConfig of(OptionResolver options) {
    return new FetchConfig(
        consistency(options, Options.READ_CONSISTENCY),
        options.get(Options.READ_RANGES_IN_FLIGHT),
        options.get(Options.READ_KEYS_IN_FLIGHT),
        PageConfig.of(options),
        options.get(Options.READ_BUFFER_SIZE),
        options.get(Options.READ_RETRY_TIME),
        options.get(Options.READ_HEDGING));
  }

  /** As in {@link PageConfig}. */
  public long pageBytes() {
    return pages.bytes();
  }

  /** As in {@link PageConfig}. */
  public Duration pageTimeout() {
    return pages.timeout();
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
