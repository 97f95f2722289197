// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a scan reads, in one record for each of its parts. Resolved once on the driver, sent to
 * executors.
 *
 * @param rateLimit of the whole scan, or null
 */
public record ReadConfig(
    SplitConfig split,
    PushdownConfig push,
    FetchConfig fetch,
    OnTruncate onTruncate,
    @Nullable RateLimit rateLimit)
    implements Serializable {

  static ReadConfig of(OptionResolver options) {
    return new ReadConfig(
        SplitConfig.of(options),
        PushdownConfig.of(options),
        FetchConfig.of(options),
        options.get(ReadOptions.ON_TRUNCATE),
        options.find(ReadOptions.RATE_LIMIT));
  }

  /** As in {@link FetchConfig}. */
  public ConsistencyLevel consistency() {
    return fetch.consistency();
  }

  /** As in {@link SplitConfig}. */
  public long splitBytes() {
    return split.splitBytes();
  }

  /** As in {@link SplitConfig}. */
  public int minSplits() {
    return split.minSplits();
  }

  /** As in {@link SplitConfig}. */
  public int maxSplits() {
    return split.maxSplits();
  }

  /** As in {@link SplitConfig}. */
  public @Nullable Long sizeHint() {
    return split.sizeHint();
  }

  /** As in {@link SplitConfig}. */
  public List<TokenInterval> tokenRanges() {
    return split.tokenRanges();
  }

  /** As in {@link PushdownConfig}. */
  public boolean pushdown() {
    return push.enabled();
  }

  /** As in {@link PushdownConfig}. */
  public AllowFiltering allowFiltering() {
    return push.allowFiltering();
  }

  /** As in {@link PushdownConfig}. */
  public int maxKeys() {
    return push.maxKeys();
  }

  /** As in {@link FetchConfig}. */
  public int rangesInFlight() {
    return fetch.rangesInFlight();
  }

  /** As in {@link FetchConfig}. */
  public int keysInFlight() {
    return fetch.keysInFlight();
  }

  /** As in {@link FetchConfig}. */
  public long pageBytes() {
    return fetch.pageBytes();
  }

  /** As in {@link FetchConfig}. */
  public long bufferBytes() {
    return fetch.bufferBytes();
  }

  /** As in {@link FetchConfig}. */
  public Duration pageTimeout() {
    return fetch.pageTimeout();
  }

  /** As in {@link FetchConfig}. */
  public Duration retryTime() {
    return fetch.retryTime();
  }
}
