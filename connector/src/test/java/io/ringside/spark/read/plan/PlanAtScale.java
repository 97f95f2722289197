// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.plan;

import io.ringside.spark.config.SplitConfig;
import io.ringside.spark.ring.Partitioner;
import io.ringside.spark.ring.RangeEstimate;
import io.ringside.spark.ring.ReplicaRange;
import io.ringside.spark.ring.RingDensity;
import io.ringside.spark.ring.RingRange;
import io.ringside.spark.ring.SimulatedRing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Plans a scan of 100 TB on a simulated ring of 1,000 nodes with 16 tokens each and three replicas,
 * once, in a JVM that has done nothing before: what the planning of such a scan costs Spark's
 * driver. Run by {@code mvn -q -Pplan-at-scale -pl connector verify -DskipTests}, in a heap of 512
 * MB; fails if the plan takes more than two seconds or does not cover each token once.
 */
final class PlanAtScale {
  private static final int NODES = 1000;
  private static final int TOKENS_PER_NODE = 16;
  private static final int REPLICAS = 3;
  private static final long SEED = 1;
  private static final double BYTES = 100e12;
  private static final double BYTES_PER_PARTITION = 1000;
  private static final long MOST_MILLIS = 2000;

  private PlanAtScale() {}

  /** Prints what the plan costs. */
  public static void main(String[] args) throws IOException {
    List<ReplicaRange> ring = SimulatedRing.of(NODES, TOKENS_PER_NODE, REPLICAS, SEED);
    BigInteger tokens = Partitioner.MURMUR3.fullRing().size();
    List<RangeEstimate> estimates =
        ring.stream()
            .map(ReplicaRange::range)
            .map(range -> estimate(range, tokens.doubleValue()))
            .toList();
    SplitConfig config = new SplitConfig(64 << 20, 2 << 20, 1, 100_000, null, List.of());
    long start = System.nanoTime();
    RingDensity density = RingDensity.of(Partitioner.MURMUR3, estimates);
    List<RangeSplit> splits = ScanPlanner.plan(ring, density, config, NODES);
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    long sent = bytesOf(splits.get(0));
    System.out.printf(
        Locale.ROOT,
        "PLAN nodes=%d tokens=%d bytes=%.0fT splits=%d millis=%d peak_heap=%dMB heap=%dMB bytes_of_a_split=%d%n",
        NODES,
        ring.size(),
        BYTES / 1e12,
        splits.size(),
        millis,
        peakHeap() >> 20,
        Runtime.getRuntime().maxMemory() >> 20,
        sent);
    check(splits, tokens);
    if (millis > MOST_MILLIS) {
      throw new IllegalStateException("The plan took longer than " + MOST_MILLIS + " ms.");
    }
  }

  private static RangeEstimate estimate(RingRange range, double tokens) {
    double bytes = BYTES * range.size().doubleValue() / tokens;
    return new RangeEstimate(range, bytes, bytes / BYTES_PER_PARTITION);
  }

  private static void check(List<RangeSplit> splits, BigInteger tokens) {
    BigInteger covered = BigInteger.ZERO;
    for (RangeSplit split : splits) {
      for (RingRange range : split.ranges()) {
        covered = covered.add(range.size());
      }
    }
    if (!covered.equals(tokens)) {
      throw new IllegalStateException("The splits have %s tokens of %s".formatted(covered, tokens));
    }
  }

  private static long bytesOf(Object split) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(split);
    }
    return bytes.size();
  }

  private static long peakHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }
}
