// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringside.spark.cluster.SizeReport;
import io.ringside.spark.metric.SizeSource;
import io.ringside.spark.ring.Partitioner;
import io.ringside.spark.ring.RangeEstimate;
import io.ringside.spark.ring.RingDensity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookupCostTest {
  private static final Partitioner PARTITIONER = Partitioner.MURMUR3;

  @ParameterizedTest
  @CsvSource({
    // partitions, bytes of each, keys, looked up
    "5000000, 50, 100000, true",
    "5000000, 50, 700000, true",
    "5000000, 50, 900000, false",
    "50000, 2000, 30000, true",
    "50000, 2000, 45000, false",
    "40, 50, 5, true",
    "40, 50, 40, false",
    "0, 0, 1000, true",
    "0, 0, 1001, false"
  })
  void looksUpAsLongAsScanTakesLonger(
      double partitions, double bytes, long keys, boolean lookedUp) {
    RangeEstimate whole = new RangeEstimate(PARTITIONER.fullRing(), partitions * bytes, partitions);
    TableSizes sizes =
        new TableSizes(
            RingDensity.of(PARTITIONER, List.of(whole)),
            SizeSource.ESTIMATES,
            Map.of(),
            SizeReport.Bound.NEAR);
    assertThat(LookupCost.isLess(keys, sizes)).isEqualTo(lookedUp);
  }
}
