// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.session.frame;

import com.datastax.oss.protocol.internal.Frame;
import com.datastax.oss.protocol.internal.FrameCodec;
import com.datastax.oss.protocol.internal.response.result.Rows;
import io.netty.buffer.ByteBuf;
import io.ringside.spark.types.vector.CellIndex;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
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

/**
 * Time and bytes allocated per row of a page, from the frame to where each of its cells is known:
 * by the driver, which makes a list and buffers, and as one array with an index.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // Set up by JMH.
public class PageBenchmark {
  private static final int ROWS = 5000;
  private static final long SEED = 1;
  private static final int NUMBER_BYTES = 8;
  private static final int TEXT_BYTES = 16;

  @Param({"1", "8", "40"})
  public int columns;

  private final FrameCodec<ByteBuf> driver = Frames.driver("none");
  private final FrameCodec<ByteBuf> pages = Frames.context("none").getFrameCodec();
  private ByteBuf frame;
  private CellIndex index;

  /** A page of numbers and texts in turn, as a server encodes it. */
  @Setup
  public void encode() {
    Random random = new Random(SEED);
    List<List<ByteBuffer>> rows = new ArrayList<>();
    for (int r = 0; r < ROWS; r++) {
      List<ByteBuffer> row = new ArrayList<>();
      for (int c = 0; c < columns; c++) {
        byte[] cell = new byte[c % 2 == 0 ? NUMBER_BYTES : TEXT_BYTES];
        random.nextBytes(cell);
        row.add(ByteBuffer.wrap(cell));
      }
      rows.add(row);
    }
    frame = Frames.encoded(Frames.V4, Frames.rows(Frames.undescribed(columns), rows));
    index = new CellIndex(columns);
  }

  /** As the driver decodes rows. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public long driver() {
    long bytes = 0;
    Queue<List<ByteBuffer>> rows = ((Rows) driver.decode(frame.duplicate()).message).getData();
    for (List<ByteBuffer> row = rows.poll(); row != null; row = rows.poll()) {
      for (ByteBuffer cell : row) {
        bytes += cell.position();
      }
    }
    return bytes;
  }

  /** As one array, of which the cells are found. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public long page() {
    Frame decoded = pages.decode(frame.duplicate());
    index.point(((PagePayload) decoded.customPayload).rows());
    long bytes = 0;
    for (int start : index.starts()) {
      bytes += start;
    }
    return bytes;
  }
}
