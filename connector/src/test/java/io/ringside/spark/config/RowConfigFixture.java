// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.time.ZoneId;
import java.util.Map;

/** What becomes of the values of a row, by default options but for what a test is about. */
public final class RowConfigFixture {
  private RowConfigFixture() {}

  /** Values of other types are converted, or not, in a time zone. */
  public static RowConfig of(WriteConversion conversion, ZoneId zone) {
    return new RowConfig(
        NullHandling.UNSET,
        new LifetimeConfig(
            null, null, new WriteTimestamp(WriteTimestamp.Source.JOB, null), null, false),
        zone,
        Map.of(),
        conversion);
  }
}
