// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.send;

import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.config.SendConfig;
import io.ringside.spark.write.send.Mutation.RowKey;
import io.ringside.spark.write.send.Mutation.Size;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Time and bytes allocated per row for collecting rows into batches of one partition, with the
 * default options; the statements themselves are not made.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // Set up by JMH.
public class BatchingBenchmark {
  private static final int ROWS = 100_000;
  private static final int ROWS_PER_PARTITION = 10;
  private static final int PARTITIONS = ROWS / ROWS_PER_PARTITION;
  private static final int INTERLEAVED_PARTITIONS = 100;
  private static final int MARKERS = 4;
  private static final int ROW_BYTES = 100;
  private static final long SEED = 1;

  /** In which order the ten rows of each partition come. */
  public enum Order {
    /** One after another. */
    SORTED,
    /** Those of a hundred partitions in turn. */
    INTERLEAVED,
    /** Anywhere: more batches are open than the buffer holds. */
    RANDOM;

    /** The partition of the row at a place. */
    private int partition(int row, Random random) {
      return switch (this) {
        case SORTED -> row / ROWS_PER_PARTITION;
        case INTERLEAVED -> {
          int group = row / (INTERLEAVED_PARTITIONS * ROWS_PER_PARTITION);
          yield group * INTERLEAVED_PARTITIONS + row % INTERLEAVED_PARTITIONS;
        }
        case RANDOM -> random.nextInt(PARTITIONS);
      };
    }
  }

  @Param public Order order;

  private Mutation[] rows;
  private SendConfig config;

  /** Rows with keys of their own; how they are bound is not measured. */
  @Setup
  public void fill() {
    Random random = new Random(SEED);
    rows = new Mutation[ROWS];
    for (int i = 0; i < ROWS; i++) {
      rows[i] =
          new Mutation(
              List.of(),
              ByteBuffer.allocate(Long.BYTES).putLong(0, order.partition(i, random)),
              new RowKey(ByteBuffer.allocate(Integer.BYTES).putInt(0, i), null),
              Size.of(MARKERS, ROW_BYTES),
              Repetition.SAME,
              Mutation.NO_MARKER);
    }
    config = ConnectorConfig.of(List.of(Map.of()), name -> name, warning -> {}).write().send();
  }

  /** Collects all rows and sends them to nowhere. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public void row(Blackhole sink) {
    PartitionBatches batches =
        new PartitionBatches(
            config.batchRows(), config.batchBytes(), config.bufferBytes(), sink::consume);
    for (Mutation row : rows) {
      batches.add(row);
    }
    batches.flush();
  }
}
