// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ringside.spark.cluster.RangeSample.Extent;
import io.ringside.spark.ring.RangeEstimate;
import io.ringside.spark.ring.RingRange;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RangeSampleTest {
  private static final RingRange RANGE = new RingRange(BigInteger.ZERO, BigInteger.valueOf(1000));

  private static RangeSample sample(Extent extent, double bytes, long... tokens) {
    List<BigInteger> list = LongStream.of(tokens).mapToObj(BigInteger::valueOf).toList();
    return new RangeSample(RANGE, list, bytes, extent);
  }

  private static void assertEstimate(RangeSample sample, double bytes, double partitions) {
    RangeEstimate estimate = sample.estimate();
    assertThat(estimate.bytes()).isCloseTo(bytes, within(1e-6));
    assertThat(estimate.partitions()).isCloseTo(partitions, within(1e-6));
  }

  @Test
  void takesRowsThatAreAllAsTheyAre() {
    assertEstimate(sample(Extent.ALL, 300, 10, 10, 20), 300, 2);
  }

  @Test
  void findsNothingInAnEmptyRange() {
    assertEstimate(sample(Extent.ALL, 0), 0, 0);
  }

  @Test
  void extendsWhatWasReadToTheWholeRange() {
    assertEstimate(sample(Extent.WHOLE_PARTITIONS, 400, 50, 100, 150, 200), 2000, 20);
  }

  @Test
  void leavesOutAPartitionThatWasCutOff() {
    assertEstimate(sample(Extent.CUT_PARTITION, 400, 100, 100, 100, 200), 3000, 10);
  }

  @Test
  void knowsWhenMostOfItIsAPartitionThatWasCutOff() {
    assertThat(sample(Extent.CUT_PARTITION, 400, 100, 200, 200, 200).isCutOff()).isTrue();
    assertThat(sample(Extent.CUT_PARTITION, 400, 100, 100, 100, 100).isCutOff()).isTrue();
    assertThat(sample(Extent.CUT_PARTITION, 400, 100, 100, 150, 200).isCutOff()).isFalse();
    assertThat(sample(Extent.WHOLE_PARTITIONS, 400, 100, 200, 300, 400).isCutOff()).isFalse();
  }

  @Test
  void countsAPartitionThatWasCutOffWithWhatIsKnownOfIt() {
    assertEstimate(sample(Extent.CUT_PARTITION, 400, 500, 500, 500, 500), 800, 2);
  }
}
