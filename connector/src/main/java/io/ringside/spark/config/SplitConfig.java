// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a scan is divided into tasks. Made and used on the driver.
 *
 * @param splitBytes wanted bytes of one replica's data in a split, at least 1
 * @param smallestSplitBytes splits smaller than {@code splitBytes} are made for processors that
 *     have nothing to do, but none smaller than these bytes; at least 1
 * @param minSplits at least 1
 * @param maxSplits at least 1
 * @param sizeHint bytes of one replica of the table, or null
 * @param tokenRanges only rows of these ranges are read; empty for all rows
 */
public record SplitConfig(
    long splitBytes,
    long smallestSplitBytes,
    int minSplits,
    int maxSplits,
    @Nullable Long sizeHint,
    List<TokenInterval> tokenRanges)
    implements Serializable {

  /** Copies the list. */
  public SplitConfig {
    tokenRanges = List.copyOf(tokenRanges);
  }

  static SplitConfig of(OptionResolver options) {
    List<TokenInterval> ranges = options.find(ReadOptions.TOKEN_RANGES);
    if (ranges != null && TokenInterval.overlap(ranges)) {
      options.error(
          "Cannot read option 'read.token-ranges': its ranges overlap, and rows would be read"
              + " twice. Use ranges without common tokens.");
    }
    return new SplitConfig(
        options.get(ReadOptions.SPLIT_SIZE),
        options.get(ReadOptions.SMALLEST_SPLIT_SIZE),
        options.get(ReadOptions.MIN_SPLITS),
        options.get(ReadOptions.MAX_SPLITS),
        options.find(ReadOptions.SIZE_HINT),
        ranges == null ? List.of() : ranges);
  }
}
