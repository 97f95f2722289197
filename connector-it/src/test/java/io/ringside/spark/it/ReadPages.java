// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;

/**
 * How many pages the connector has read in this JVM, by its meters; 0 until a registry is added.
 */
final class ReadPages {
  private ReadPages() {}

  /** Those that an owner of their rows has coordinated. */
  static long byOwners() {
    return count("true");
  }

  /** The others. */
  static long byOthers() {
    return count("false");
  }

  /** All. */
  static long all() {
    return byOwners() + byOthers();
  }

  private static long count(String replica) {
    Timer timer =
        Metrics.globalRegistry.find("ringside.read.pages").tag("replica", replica).timer();
    return timer == null ? 0 : timer.count();
  }
}
