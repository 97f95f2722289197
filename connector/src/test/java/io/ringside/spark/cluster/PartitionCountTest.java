// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ringside.spark.ring.Partitioner;
import io.ringside.spark.ring.RangeEstimate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionCountTest {
  private static final double MIB = 1 << 20;

  /** Sixteen ranges of a node. */
  private static List<RangeEstimate> estimates(double partitionsOfRange, double partitionBytes) {
    return Partitioner.MURMUR3.fullRing().split(16).stream()
        .map(
            range ->
                new RangeEstimate(range, partitionsOfRange * partitionBytes, partitionsOfRange))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"128, true", "512, true", "513, false", "100000, false", "0, false"})
  void checksEstimatesOfFewPartitions(double partitionsOfRange, boolean coarse) {
    assertThat(PartitionCount.isCoarse(estimates(partitionsOfRange, 100))).isEqualTo(coarse);
  }

  @Test
  void countsNoEstimatesAsCoarse() {
    assertThat(PartitionCount.isCoarse(List.of())).isFalse();
  }

  @Test
  void takesTheMeanOfThePartitionsThatThereAre() {
    SizeReport report = PartitionCount.corrected(estimates(128, MIB), 4);
    assertThat(report.partitions()).isCloseTo(4, within(1e-6));
    assertThat(report.ranges().stream().mapToDouble(RangeEstimate::bytes).sum())
        .isCloseTo(4 * MIB, within(1.0));
    assertThat(report.bound()).isEqualTo(SizeReport.Bound.NEAR);
  }

  @Test
  void countsPartitionsOnceForEachOfAFewSstables() {
    SizeReport report = PartitionCount.corrected(estimates(256, MIB), 4);
    assertThat(report.ranges().stream().mapToDouble(RangeEstimate::bytes).sum())
        .isCloseTo(8 * MIB, within(1.0));
    assertThat(report.bound()).isEqualTo(SizeReport.Bound.NEAR);
  }

  @Test
  void doesNotTrustEstimatesOfManySstables() {
    assertThat(PartitionCount.corrected(estimates(512, MIB), 4).bound())
        .isEqualTo(SizeReport.Bound.LOWEST);
  }

  @Test
  void leavesEstimatesThatAreNotTooLarge() {
    List<RangeEstimate> estimates = estimates(128, MIB);
    assertThat(PartitionCount.corrected(estimates, 3000).ranges()).isEqualTo(estimates);
  }
}
