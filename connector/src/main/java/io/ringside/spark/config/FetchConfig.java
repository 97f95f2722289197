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

  /** The same at another consistency level. */
  public FetchConfig at(ConsistencyLevel level) {
    return new FetchConfig(
        level, rangesInFlight, keysInFlight, pages, bufferBytes, retryTime, hedging);
  }

  static FetchConfig of(OptionResolver options) {
    return new FetchConfig(
        readable(options, ReadOptions.CONSISTENCY),
        options.get(ReadOptions.RANGES_IN_FLIGHT),
        options.get(ReadOptions.KEYS_IN_FLIGHT),
        PageConfig.of(options),
        options.get(ReadOptions.BUFFER_SIZE),
        options.get(ReadOptions.RETRY_TIME),
        options.get(ReadOptions.HEDGING));
  }

  /** As in {@link PageConfig}. */
  public long pageBytes() {
    return pages.bytes();
  }

  /** As in {@link PageConfig}. */
  public Duration pageTimeout() {
    return pages.timeout();
  }

  /** A consistency level of reads; one for writes only is an error. */
  static ConsistencyLevel readable(OptionResolver options, ConfigOption<ConsistencyLevel> option) {
    ConsistencyLevel consistency = options.get(option);
    if (consistency == ConsistencyLevel.ANY || consistency == ConsistencyLevel.EACH_QUORUM) {
      options.error(
          "Cannot read option '%s': %s is a level for writes only."
              .formatted(option.key(), consistency));
    }
    return consistency;
  }
}
