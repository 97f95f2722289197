// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * How large pages are and how long a task waits for one. Made on the driver, sent to executors.
 *
 * @param bytes wanted bytes of a page, at least 1
 * @param mostBytes bytes that no page should exceed unless one row does, at least 1
 * @param timeout for one request
 */
public record PageConfig(long bytes, long mostBytes, Duration timeout) implements Serializable {
  static PageConfig of(OptionResolver options) {
    return new PageConfig(
        options.get(ReadOptions.PAGE_SIZE),
        options.get(ReadOptions.MAX_PAGE_SIZE),
        options.get(ReadOptions.PAGE_TIMEOUT));
  }
}
