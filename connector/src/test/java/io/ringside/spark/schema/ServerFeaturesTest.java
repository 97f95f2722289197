// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerFeaturesTest {
  private static final String MURMUR3 = "org.apache.cassandra.dht.Murmur3Partitioner";

  @ParameterizedTest
  @CsvSource({
    "4.0.19,false",
    "4.1.10,false",
    "5.0.9,true",
    "5.0-beta1,true",
    "6.0-alpha2,true",
    "3.0.8,false",
    "10.0.1,true",
    "'',false",
    "x,false"
  })
  void knowsTimesOfElementsByTheVersion(String version, boolean expected) {
    assertThat(ServerFeatures.of(List.of(version), MURMUR3).elementTimes()).isEqualTo(expected);
  }

  @Test
  void hasOnlyWhatAllNodesHave() {
    assertThat(ServerFeatures.of(List.of("5.0.9", "5.0.8"), MURMUR3).elementTimes()).isTrue();
    assertThat(ServerFeatures.of(List.of("5.0.9", "4.1.10"), MURMUR3).elementTimes()).isFalse();
    assertThat(ServerFeatures.of(Arrays.asList("5.0.9", null), MURMUR3).elementTimes()).isFalse();
    assertThat(ServerFeatures.of(List.of(), MURMUR3).elementTimes()).isFalse();
  }

  @Test
  void knowsLongTokensByThePartitioner() {
    assertThat(ServerFeatures.of(List.of("5.0.9"), MURMUR3).longTokens()).isTrue();
    assertThat(
            ServerFeatures.of(List.of("5.0.9"), "org.apache.cassandra.dht.RandomPartitioner")
                .longTokens())
        .isFalse();
    assertThat(ServerFeatures.of(List.of("5.0.9"), null).longTokens()).isFalse();
  }
}
