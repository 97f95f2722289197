// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read;

import io.ringside.spark.config.SplitConfig;
import io.ringside.spark.read.plan.RangeSplit;
import io.ringside.spark.read.plan.ScanPlanner;
import io.ringside.spark.ring.Partitioner;
import io.ringside.spark.ring.RangeEstimate;
import io.ringside.spark.ring.ReplicaRange;
import io.ringside.spark.ring.RingDensity;
import io.ringside.spark.ring.RingSplit;
import io.ringside.spark.ring.RingSplitter;
import io.ringside.spark.ring.SimulatedRing;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time and bytes allocated for one plan on a ring of 1,000 nodes with 16 tokens each and three
 * replicas, each range with an estimate of its own, and the default options.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // Set up by JMH.
public class PlannerBenchmark {
  private static final int NODES = 1000;
  private static final int TOKENS_PER_NODE = 16;
  private static final int REPLICAS = 3;
  private static final long SEED = 1;
  private static final double BYTES_PER_PARTITION = 1000;

  /** A small table, one of 64 GB, one of 16 TB. */
  @Param({"0.001", "64", "16384"})
  public double gigabytes;

  private List<ReplicaRange> ring;
  private List<RangeEstimate> estimates;
  private RingDensity density;
  private SplitConfig config;

  /** A ring with up to twice as much in some ranges as in others of the same size. */
  @Setup
  public void simulate() {
    Random random = new Random(SEED);
    ring = SimulatedRing.of(NODES, TOKENS_PER_NODE, REPLICAS, SEED);
    double tokens = Partitioner.MURMUR3.fullRing().size().doubleValue();
    double bytesPerToken = gigabytes * (1L << 30) / tokens;
    estimates =
        ring.stream()
            .map(
                range -> {
                  double here =
                      range.range().size().doubleValue()
                          * bytesPerToken
                          * (2 + 2 * random.nextDouble())
                          / 3;
                  return new RangeEstimate(range.range(), here, here / BYTES_PER_PARTITION);
                })
            .toList();
    density = RingDensity.of(Partitioner.MURMUR3, estimates);
    config = new SplitConfig(64 << 20, 2 << 20, 1, 100_000, null, List.of());
  }

  /** The density of the ring from its estimates. */
  @Benchmark
  public RingDensity density() {
    return RingDensity.of(Partitioner.MURMUR3, estimates);
  }

  /** The splits of the ring. */
  @Benchmark
  public List<RingSplit> split() {
    return RingSplitter.split(
        ring,
        density,
        (double) config.splitBytes(),
        bytes -> config.minSplits(),
        config.maxSplits());
  }

  /** The splits of a scan as tasks get them. */
  @Benchmark
  public List<RangeSplit> plan() {
    return ScanPlanner.plan(ring, density, config, 64);
  }
}
