// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.config.WriteConfig;
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
 * default options; the statements themselves are not made here.
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

  private ByteBuffer[] keys;
  private Object[] rows;
  private WriteConfig config;

  /** A key of its own for each row, as a bound statement has it. */
  @Setup
  public void fill() {
    Random random = new Random(SEED);
    keys = new ByteBuffer[ROWS];
    rows = new Object[ROWS];
    for (int i = 0; i < ROWS; i++) {
      keys[i] = ByteBuffer.allocate(Long.BYTES).putLong(0, order.partition(i, random));
      rows[i] = new Object();
    }
    config = ConnectorConfig.of(List.of(), Map.of()).write();
  }

  /** Collects all rows and sends them to nowhere. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public void row(Blackhole sink) {
    PartitionBatches<ByteBuffer, Object> batches =
        new PartitionBatches<>(
            config.batchRows(),
            config.batchBytes(),
            config.bufferBytes(),
            CassandraDataWriter.ROW_OVERHEAD_BYTES,
            sink::consume);
    for (int i = 0; i < ROWS; i++) {
      batches.add(keys[i], rows[i], ROW_BYTES);
    }
    batches.flush();
  }
}
