// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.plan;

import io.ringside.spark.cluster.SizeReport;
import io.ringside.spark.metric.SizeSource;
import io.ringside.spark.ring.Partitioner;
import io.ringside.spark.ring.RingDensity;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Decides whom to believe about a table's size. Pure. Driver only. */
final class SizePolicy {
  private SizePolicy() {}

  /**
   * The sizes by the best source that has any: Cassandra's estimates, then the hint of the options,
   * then a sample, which is taken only if it is needed.
   *
   * @param estimates asked first
   * @param sizeHint bytes of the table, or null
   */
  static TableSizes choose(
      Partitioner partitioner,
      Supplier<SizeReport> estimates,
      @Nullable Long sizeHint,
      Supplier<SizeReport> sample) {
    SizeReport estimated = estimates.get();
    if (estimated.isSomething()) {
      return of(partitioner, estimated, SizeSource.ESTIMATES);
    }
    if (sizeHint != null) {
      return new TableSizes(
          RingDensity.uniform(partitioner, (double) sizeHint),
          SizeSource.HINT,
          Map.of(),
          SizeReport.Bound.NEAR);
    }
    SizeReport sampled = sample.get();
    return of(
        partitioner, sampled, sampled.ranges().isEmpty() ? SizeSource.NONE : SizeSource.SAMPLE);
  }

  private static TableSizes of(Partitioner partitioner, SizeReport report, SizeSource source) {
    return new TableSizes(
        RingDensity.of(partitioner, report.ranges()), source, report.cellBytes(), report.bound());
  }
}
