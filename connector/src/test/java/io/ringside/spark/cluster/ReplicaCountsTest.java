// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringside.spark.config.ReplicaOverlap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplicaCountsTest {
  private static final String NETWORK = "org.apache.cassandra.locator.NetworkTopologyStrategy";

  @Test
  void countsReplicasOfEachDataCentre() {
    assertThat(ReplicaCounts.of(Map.of("class", NETWORK, "a", "3", "b", "2"), "a"))
        .isEqualTo(new ReplicaOverlap(3, 5));
  }

  @Test
  void countsNoLocalReplicasWhereThereAreNone() {
    assertThat(ReplicaCounts.of(Map.of("class", NETWORK, "b", "2"), "a"))
        .isEqualTo(new ReplicaOverlap(0, 2));
  }

  @Test
  void takesTheReplicasOfTheSimpleStrategyForLocalOnes() {
    assertThat(ReplicaCounts.of(Map.of("class", "SimpleStrategy", "replication_factor", "3"), "a"))
        .isEqualTo(new ReplicaOverlap(3, 3));
  }

  @Test
  void leavesTransientReplicasOut() {
    assertThat(ReplicaCounts.of(Map.of("class", NETWORK, "a", "3/1"), "a"))
        .isEqualTo(new ReplicaOverlap(2, 2));
  }

  @Test
  void knowsNothingOfOtherStrategies() {
    assertThat(ReplicaCounts.of(Map.of("class", "LocalStrategy"), "a")).isNull();
    assertThat(ReplicaCounts.of(Map.of("class", "Own", "zones", "many"), "a")).isNull();
  }
}
