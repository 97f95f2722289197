// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringside.spark.ring.Replica;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreferredHostsTest {
  private static final List<Replica> REPLICAS =
      List.of(
          new Replica(new UUID(0, 1), "10.0.0.1"), new Replica(new UUID(0, 2), "node2.example"));

  @ParameterizedTest
  @ValueSource(strings = {"local", "local[2]", "local[*]", "local[2,4]", "local[*, 4]"})
  void namesNoHostsInLocalMode(String master) {
    assertThat(PreferredHosts.of(REPLICAS, master)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "local-cluster[2,1,1024]",
        "spark://10.0.0.1:7077",
        "yarn",
        "k8s://https://10.0.0.1:443"
      })
  void namesTheHostsOfReplicasOnClusters(String master) {
    assertThat(PreferredHosts.of(REPLICAS, master)).containsExactly("10.0.0.1", "node2.example");
  }

  @Test
  void namesTheHostsOfReplicasWithoutSpark() {
    assertThat(PreferredHosts.of(REPLICAS)).containsExactly("10.0.0.1", "node2.example");
  }
}
