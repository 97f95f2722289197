// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types;

import io.ringside.spark.types.encode.CellEncoder;
import io.ringside.spark.types.encode.CellEncoders;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.jspecify.annotations.Nullable;
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

/** Time and bytes allocated per cell that is made of a row as Spark's operators hand it on. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // Set up by JMH.
public class EncodeBenchmark {
  private static final int ROWS = 5000;
  private static final long SEED = 1;

  @Param public SampleType type;

  private UnsafeRow[] rows;
  private CellEncoder encoder;

  /** Rows of the one column. */
  @Setup
  public void fill() {
    Random random = new Random(SEED);
    UnsafeProjection projection = UnsafeProjection.create(type.schema());
    rows = new UnsafeRow[ROWS];
    for (int i = 0; i < ROWS; i++) {
      @Nullable Object[] values = {SparkCells.of(type.cql(), type.value(random))};
      rows[i] = projection.apply(new GenericInternalRow(values)).copy();
    }
    encoder = CellEncoders.of(type.column(), type.spark());
  }

  /** Encodes the cell of each row. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public void cell(Blackhole sink) {
    for (UnsafeRow row : rows) {
      sink.consume(encoder.encode(row, 0));
    }
  }
}
