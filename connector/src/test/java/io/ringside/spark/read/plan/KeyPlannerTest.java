// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringside.spark.cql.CqlValue;
import io.ringside.spark.ring.Partitioner;
import io.ringside.spark.ring.Replica;
import io.ringside.spark.ring.ReplicaRange;
import io.ringside.spark.ring.RingRange;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyPlannerTest {
  private static final double SPLIT = 64 << 20;

  /** Keys spread over the ring. */
  private static List<PartitionKey> keys(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new PartitionKey(
                    List.of(new CqlValue(ByteBuffer.allocate(4).putInt(0, i))),
                    BigInteger.valueOf(i * 0x9E3779B97F4A7C15L)))
        .toList();
  }

  private static List<ReplicaRange> ring(int nodes) {
    List<ReplicaRange> ring = new ArrayList<>();
    List<RingRange> ranges = Partitioner.MURMUR3.fullRing().split(nodes);
    for (int i = 0; i < nodes; i++) {
      ring.add(
          new ReplicaRange(
              ranges.get(i), List.of(new Replica(new UUID(1, i), "10.0.0." + (i + 1)))));
    }
    return ring;
  }

  private static List<KeySplit> plan(int keys, int nodes, double partitionBytes, int parallelism) {
    return KeyPlanner.plan(keys(keys), ring(nodes), partitionBytes, SPLIT, parallelism);
  }

  @ParameterizedTest
  @CsvSource({
    // keys, parallelism, tasks on one node
    "40, 100, 1",
    "1000, 2, 2",
    "1000, 100, 10",
    "10000, 2, 2",
    "100000, 2, 10",
    "1000, 1, 1"
  })
  void makesTasksThatAreWorthTheirStart(int keys, int parallelism, int tasks) {
    assertThat(plan(keys, 1, 100, parallelism)).hasSize(tasks);
  }

  @Test
  void makesMoreTasksWherePartitionsAreLarge() {
    assertThat(plan(40, 1, 32 << 20, 2)).hasSize(20);
  }

  @Test
  void leavesOutKeysOutsideOfTheRanges() {
    List<ReplicaRange> firstThird = ring(3).subList(0, 1);
    List<KeySplit> splits = KeyPlanner.plan(keys(300), firstThird, 0, SPLIT, 1);
    assertThat(splits.stream().flatMap(split -> split.keys().stream()))
        .isNotEmpty()
        .allMatch(key -> firstThird.get(0).range().contains(key.token()));
  }

  @Test
  void readsEachKeyOnceFromANodeThatOwnsIt() {
    List<ReplicaRange> ring = ring(3);
    List<KeySplit> splits = plan(5_000, 3, 0, 4);
    Set<BigInteger> tokens = new HashSet<>();
    for (KeySplit split : splits) {
      for (PartitionKey key : split.keys()) {
        assertThat(tokens.add(key.token())).isTrue();
        assertThat(ring)
            .filteredOn(owned -> owned.range().contains(key.token()))
            .singleElement()
            .satisfies(owned -> assertThat(owned.replicas()).isEqualTo(split.replicas()));
      }
    }
    assertThat(tokens).hasSize(5_000);
  }
}
