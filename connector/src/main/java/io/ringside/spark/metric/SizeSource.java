// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.metric;

import java.util.Locale;

/**
 * Where the size of a table came from when its scan was planned, the best source first. Driver
 * only.
 */
public enum SizeSource {
  /** Cassandra's own estimates. */
  ESTIMATES(0),
  /** The option {@code read.size-hint}. */
  HINT(1),
  /** A sample of rows. */
  SAMPLE(2),
  /** Nobody: the table counts as empty. */
  NONE(3),
  /** Nobody was asked: a few keys are looked up in a table of any size. */
  NOT_ASKED(4);

  private final int code;

  SizeSource(int code) {
    this.code = code;
  }

  /** The number in a metric's value. */
  int code() {
    return code;
  }

  /** The source of this number. */
  static SizeSource of(long code) {
    for (SizeSource source : values()) {
      if (source.code == code) {
        return source;
      }
    }
    throw new IllegalArgumentException("Cannot name the source of sizes %d.".formatted(code));
  }

  /** The name in metrics and EXPLAIN. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
