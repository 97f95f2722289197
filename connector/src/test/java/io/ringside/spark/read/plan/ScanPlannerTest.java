// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringside.spark.config.SplitConfig;
import io.ringside.spark.ring.Partitioner;
import io.ringside.spark.ring.ReplicaRange;
import io.ringside.spark.ring.RingDensity;
import io.ringside.spark.ring.SimulatedRing;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many tasks a table becomes. */
class ScanPlannerTest {
  private static final double MIB = 1 << 20;
  private static final List<ReplicaRange> ONE_NODE = SimulatedRing.of(1, 16, 1, 1);

  private static int splits(double mebibytes, int parallelism, int minSplits, int maxSplits) {
    SplitConfig config = new SplitConfig(64 << 20, 2 << 20, minSplits, maxSplits, null, List.of());
    RingDensity density = RingDensity.uniform(Partitioner.MURMUR3, mebibytes * MIB);
    return ScanPlanner.plan(ONE_NODE, density, config, parallelism).size();
  }

  @ParameterizedTest
  @CsvSource({
    // Nothing and little stay one task.
    "0, 16, 1",
    "0.01, 16, 1",
    "3.9, 16, 1",
    // As many as there are processors, but none smaller than the smallest.
    "4, 16, 2",
    "21, 16, 10",
    "60, 16, 16",
    "60, 2, 2",
    "60, 1, 1",
    // By bytes, where these alone make as many.
    "640, 8, 10",
    "640, 16, 16",
    "6400, 16, 100"
  })
  void makesAsManySplitsAsThereAreProcessorsWhereItPays(
      double mebibytes, int parallelism, int splits) {
    assertThat(splits(mebibytes, parallelism, 1, 100_000)).isEqualTo(splits);
  }

  @ParameterizedTest
  @CsvSource({"60, 16, 1, 5, 5", "60, 16, 20, 100, 20", "1, 16, 4, 100, 4"})
  void keepsToTheBoundsOfTheOptions(
      double mebibytes, int parallelism, int minSplits, int maxSplits, int splits) {
    assertThat(splits(mebibytes, parallelism, minSplits, maxSplits)).isEqualTo(splits);
  }
}
