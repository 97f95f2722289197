// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a scan reads. Resolved once on the driver, sent to executors.
 *
 * @param splitBytes wanted bytes of one replica's data in a split, at least 1
 * @param minSplits at least 1
 * @param maxSplits at least 1
 * @param sizeHint bytes of one replica of the table, or null
 * @param tokenRanges rows of these ranges are read only; empty for all
 * @param pushdown whether Cassandra evaluates predicates, limits and aggregates
 * @param maxKeys partition keys up to which partitions are looked up
 * @param rangesInFlight token ranges a task reads at once, at least 1
 * @param keysInFlight partitions a task looks up at once, at least 1
 * @param pageBytes wanted bytes of a page, at least 1
 * @param bufferBytes bytes of pages under way or waiting, for each task
 * @param pageTimeout for one request
 * @param retryTime how long after its first failure a page may be tried again
 * @param rateLimit of the whole scan, or null
 */
public record ReadConfig(
    ConsistencyLevel consistency,
    long splitBytes,
    int minSplits,
    int maxSplits,
    @Nullable Long sizeHint,
    List<TokenInterval> tokenRanges,
    boolean pushdown,
    AllowFiltering allowFiltering,
    int maxKeys,
    int rangesInFlight,
    int keysInFlight,
    long pageBytes,
    long bufferBytes,
    Duration pageTimeout,
    Duration retryTime,
    @Nullable RateLimit rateLimit)
    implements Serializable {

  static ReadConfig of(OptionResolver options) {
    ConsistencyLevel consistency = options.get(Options.READ_CONSISTENCY);
    if (consistency == ConsistencyLevel.ANY || consistency == ConsistencyLevel.EACH_QUORUM) {
      options.error(
          "Cannot read option 'read.consistency': %s is a level for writes only."
              .formatted(consistency));
    }
    List<TokenInterval> ranges = options.find(Options.READ_TOKEN_RANGES);
    if (ranges != null && TokenInterval.overlap(ranges)) {
      options.error(
          "Cannot read option 'read.token-ranges': its ranges overlap, and rows would be read twice."
              + " Use ranges without common tokens.");
    }
    return new ReadConfig(
        consistency,
        options.get(Options.READ_SPLIT_SIZE),
        options.get(Options.READ_MIN_SPLITS),
        options.get(Options.READ_MAX_SPLITS),
        options.find(Options.READ_SIZE_HINT),
        ranges == null ? List.of() : List.copyOf(ranges),
        options.get(Options.READ_PUSHDOWN),
        options.get(Options.READ_ALLOW_FILTERING),
        options.get(Options.READ_MAX_KEYS),
        options.get(Options.READ_RANGES_IN_FLIGHT),
        options.get(Options.READ_KEYS_IN_FLIGHT),
        options.get(Options.READ_PAGE_SIZE),
        options.get(Options.READ_BUFFER_SIZE),
        options.get(Options.READ_PAGE_TIMEOUT),
        options.get(Options.READ_RETRY_TIME),
        options.find(Options.READ_RATE_LIMIT));
  }
}
