// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringside.spark.cluster.SizeReport;
import io.ringside.spark.metric.SizeSource;
import io.ringside.spark.ring.Partitioner;
import io.ringside.spark.ring.RangeEstimate;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SizePolicyTest {
  private static SizeReport report(double bytes, SizeReport.Bound bound) {
    RangeEstimate whole = new RangeEstimate(Partitioner.MURMUR3.fullRing(), bytes, 1);
    return new SizeReport(List.of(whole), Map.of(), bound);
  }

  private static TableSizes choose(
      SizeReport estimates, @Nullable Long hint, Supplier<SizeReport> sample) {
    return SizePolicy.choose(Partitioner.MURMUR3, () -> estimates, hint, sample);
  }

  private static SizeReport unexpected() {
    throw new AssertionError("A sample was taken.");
  }

  @Test
  void believesEstimatesFirst() {
    SizeReport estimates = report(1000, SizeReport.Bound.NEAR);
    TableSizes sizes = choose(estimates, 5L, SizePolicyTest::unexpected);
    assertThat(sizes.source()).isEqualTo(SizeSource.ESTIMATES);
    assertThat(sizes.density().totalBytes()).isEqualTo(1000);
  }

  @Test
  void believesTheHintWhereEstimatesAreOfNothing() {
    SizeReport estimates = report(0, SizeReport.Bound.NEAR);
    TableSizes sizes = choose(estimates, 5L, SizePolicyTest::unexpected);
    assertThat(sizes.source()).isEqualTo(SizeSource.HINT);
    assertThat(sizes.density().totalBytes()).isEqualTo(5);
  }

  @Test
  void takesASampleWithoutAHint() {
    SizeReport sample = report(70, SizeReport.Bound.LOWEST);
    TableSizes sizes = choose(SizeReport.NOTHING, null, () -> sample);
    assertThat(sizes.source()).isEqualTo(SizeSource.SAMPLE);
    assertThat(sizes.bound()).isEqualTo(SizeReport.Bound.LOWEST);
  }

  @Test
  void knowsNothingWithoutAnAnswer() {
    assertThat(choose(SizeReport.NOTHING, null, () -> SizeReport.NOTHING).source())
        .isEqualTo(SizeSource.NONE);
  }
}
