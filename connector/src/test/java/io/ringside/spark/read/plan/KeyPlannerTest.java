// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringside.spark.cql.CqlValue;
import io.ringside.spark.read.fetch.ScanTarget;
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

  private static List<CqlValue> keys(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new CqlValue(ByteBuffer.allocate(4).putInt(0, i)))
        .toList();
  }

  /** Spreads the keys over the ring. */
  private static BigInteger token(List<CqlValue> key) {
    return BigInteger.valueOf(key.get(0).buffer().getInt(0) * 0x9E3779B97F4A7C15L);
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

  private static List<CassandraInputPartition> plan(
      int keys, int nodes, double partitionBytes, int parallelism) {
    return KeyPlanner.plan(
        List.of(keys(keys)),
        KeyPlannerTest::token,
        ring(nodes),
        partitionBytes,
        SPLIT,
        parallelism);
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
  void readsEachKeyOnceFromANodeThatOwnsIt() {
    List<ReplicaRange> ring = ring(3);
    List<CassandraInputPartition> partitions = plan(5_000, 3, 0, 4);
    Set<BigInteger> tokens = new HashSet<>();
    for (CassandraInputPartition partition : partitions) {
      for (ScanTarget target : partition.targets()) {
        assertThat(tokens.add(target.token())).isTrue();
        assertThat(ring)
            .filteredOn(owned -> owned.range().contains(target.token()))
            .singleElement()
            .satisfies(owned -> assertThat(owned.replicas()).isEqualTo(partition.replicas()));
      }
    }
    assertThat(tokens).hasSize(5_000);
  }
}
