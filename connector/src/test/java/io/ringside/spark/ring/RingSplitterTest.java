// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RingSplitterTest {
  private static final double MB = 1 << 20;

  private static void assertEachTokenOnce(List<RingSplit> splits) {
    List<RingRange> all = new ArrayList<>();
    splits.forEach(split -> all.addAll(split.ranges()));
    BigInteger size = all.stream().map(RingRange::size).reduce(BigInteger.ZERO, BigInteger::add);
    assertThat(RingRange.merge(all)).containsExactly(Partitioner.MURMUR3.fullRing());
    assertThat(size).isEqualTo(Partitioner.MURMUR3.fullRing().size());
  }

  private static void assertReplicasOwnTheirSplits(
      List<RingSplit> splits, List<ReplicaRange> ring) {
    for (RingSplit split : splits) {
      for (RingRange range : split.ranges()) {
        for (ReplicaRange owned : ring) {
          if (owned.range().overlap(range).signum() > 0) {
            assertThat(owned.replicas()).containsAll(split.replicas());
          }
        }
      }
    }
  }

  @Test
  void makesOneSplitOfOneRangeForATinyTable() {
    List<ReplicaRange> ring = SimulatedRing.of(100, 16, 3, 1);
    List<RingSplit> splits =
        RingSplitter.split(
            ring, RingDensity.uniform(Partitioner.MURMUR3, 4000), 64 * MB, bytes -> 1, 100_000);
    assertThat(splits).hasSize(1);
    assertThat(splits.get(0).ranges()).containsExactly(Partitioner.MURMUR3.fullRing());
  }

  /** Estimates of a table all of whose data lies in one of the ranges. */
  private static RingDensity allIn(int index, double bytes, List<ReplicaRange> ring) {
    List<RangeEstimate> estimates = new ArrayList<>();
    for (int i = 0; i < ring.size(); i++) {
      double here = i == index ? bytes : 0;
      estimates.add(new RangeEstimate(ring.get(i).range(), here, here));
    }
    return RingDensity.of(Partitioner.MURMUR3, estimates);
  }

  @Test
  void makesOneSplitOfATinyTableInAPartOfTheRing() {
    List<ReplicaRange> ring = SimulatedRing.of(3, 16, 1, 1);
    List<RingSplit> splits =
        RingSplitter.split(ring, allIn(7, 4000, ring), 64 * MB, bytes -> 1, 100_000);
    assertThat(splits).hasSize(1);
    assertEachTokenOnce(splits);
  }

  @Test
  void makesNoSplitOfRangesThatHoldNothing() {
    List<ReplicaRange> ring = SimulatedRing.of(1, 16, 1, 1);
    List<RingSplit> splits =
        RingSplitter.split(ring, allIn(3, 128.0 * MB, ring), 64 * MB, bytes -> 1, 100_000);
    assertThat(splits).hasSize(2);
    assertEachTokenOnce(splits);
  }

  @Test
  void makesOneSplitForAnEmptyTable() {
    List<RingSplit> splits =
        RingSplitter.split(
            SimulatedRing.of(3, 16, 2, 1),
            RingDensity.of(Partitioner.MURMUR3, List.of()),
            64 * MB,
            bytes -> 1,
            100);
    assertThat(splits).hasSize(1);
    assertEachTokenOnce(splits);
  }

  @Test
  void keepsTheFloorOnTheNumberOfSplitsForAnEmptyTable() {
    List<RingSplit> splits =
        RingSplitter.split(
            SimulatedRing.of(3, 16, 2, 1),
            RingDensity.of(Partitioner.MURMUR3, List.of()),
            64 * MB,
            bytes -> 8,
            100);
    assertThat(splits).hasSizeBetween(8, 9);
    assertEachTokenOnce(splits);
  }

  @Test
  void capsTheNumberOfSplits() {
    List<RingSplit> splits =
        RingSplitter.split(
            SimulatedRing.of(6, 16, 3, 1),
            RingDensity.uniform(Partitioner.MURMUR3, 1e12),
            MB,
            bytes -> 1,
            50);
    assertThat(splits).hasSizeBetween(50, 51);
    assertEachTokenOnce(splits);
  }

  @Test
  void makesSmallSplitsWhereTheDataIsDense() {
    List<RangeEstimate> estimates =
        List.of(
            new RangeEstimate(RingRange.of(Long.MIN_VALUE, 0), 900 * MB, 1000),
            new RangeEstimate(RingRange.of(0, Long.MAX_VALUE), 100 * MB, 10));
    List<RingSplit> splits =
        RingSplitter.split(
            List.of(
                new ReplicaRange(Partitioner.MURMUR3.fullRing(), List.of(SimulatedRing.node(1)))),
            RingDensity.of(Partitioner.MURMUR3, estimates),
            100 * MB,
            bytes -> 1,
            100);
    assertEachTokenOnce(splits);
    assertThat(splits.stream().filter(s -> s.ranges().get(0).end().signum() <= 0).count())
        .isBetween(5L, 10L);
  }

  @Test
  void plansAThousandNodesWithAPetabyteInTime() {
    List<ReplicaRange> ring = SimulatedRing.of(1000, 16, 3, 42);
    Random random = new Random(7);
    List<RangeEstimate> estimates = new ArrayList<>();
    double total = 0;
    for (ReplicaRange range : ring) {
      double bytes = 1e15 / ring.size() * (0.5 + random.nextDouble());
      total += bytes;
      estimates.add(new RangeEstimate(range.range(), bytes, bytes / 1e4));
    }
    double splitBytes = 10e9;
    // The thread's own time: what else the machine does must not fail a build.
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    List<RingSplit> splits =
        RingSplitter.split(
            ring,
            RingDensity.of(Partitioner.MURMUR3, estimates),
            splitBytes,
            bytes -> 1,
            1_000_000);
    Duration took = Duration.ofNanos(threads.getCurrentThreadCpuTime() - start);
    assertThat(splits.size()).isCloseTo((int) (total / splitBytes), within(20_000));
    assertThat(splits).allSatisfy(s -> assertThat(s.bytes()).isLessThan(1.2 * splitBytes));
    assertThat(took).isLessThan(Duration.ofSeconds(2));
    List<RingRange> all = new ArrayList<>();
    splits.forEach(split -> all.addAll(split.ranges()));
    assertThat(RingRange.merge(all)).containsExactly(Partitioner.MURMUR3.fullRing());
    assertThat(new HashSet<>(all)).hasSameSizeAs(all);
  }

  @Property(tries = 200)
  void readsEachTokenOnceFromItsOwners(@ForAll("layouts") Layout layout) {
    List<ReplicaRange> ring =
        SimulatedRing.of(layout.nodes(), layout.vnodes(), layout.replication(), layout.seed());
    RingDensity density = RingDensity.uniform(Partitioner.MURMUR3, layout.bytes());
    List<RingSplit> splits =
        RingSplitter.split(ring, density, MB, bytes -> layout.minSplits(), 500);
    assertEachTokenOnce(splits);
    assertReplicasOwnTheirSplits(splits, ring);
    double expected = Math.max(Math.ceil(layout.bytes() / MB), layout.minSplits());
    assertThat((double) splits.size()).isBetween(expected, expected + 1);
  }

  record Layout(int nodes, int vnodes, int replication, long seed, double bytes, int minSplits) {}

  @Provide
  Arbitrary<Layout> layouts() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 12),
            Arbitraries.of(1, 2, 16),
            Arbitraries.integers().between(1, 4),
            Arbitraries.longs(),
            Arbitraries.doubles().between(1, 400 * MB),
            Arbitraries.integers().between(1, 20))
        .as(Layout::new);
  }
}
