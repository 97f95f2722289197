// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.session.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.protocol.internal.Frame;
import com.datastax.oss.protocol.internal.FrameCodec;
import com.datastax.oss.protocol.internal.ProtocolConstants;
import com.datastax.oss.protocol.internal.request.Batch;
import com.datastax.oss.protocol.internal.request.query.QueryOptions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Batches that the connector's codec encodes, beside the same ones encoded by the driver's. */
class BatchEncoderTest {
  private static final FrameCodec<ByteBuf> DRIVER = Frames.driver("none");
  private static final PageContext CONTEXT = Frames.context("none");
  private static final int MOST_BYTES = 40;

  private static @Nullable ByteBuffer value(Random random, boolean mayBeUnset) {
    return switch (random.nextInt(4)) {
      case 0 -> null;
      case 1 -> mayBeUnset ? ProtocolConstants.UNSET_VALUE : ByteBuffer.allocate(0);
      default -> {
        byte[] bytes = new byte[2 + random.nextInt(MOST_BYTES)];
        random.nextBytes(bytes);
        yield ByteBuffer.wrap(bytes, 1, bytes.length - 2);
      }
    };
  }

  private static @Nullable ByteBuffer[] row(Random random, int version) {
    @Nullable ByteBuffer[] row = new @Nullable ByteBuffer[random.nextInt(12)];
    Arrays.setAll(row, i -> value(random, version >= Frames.V4));
    return row;
  }

  private static Batch batch(
      Random random, int version, List<Object> statements, List<List<ByteBuffer>> values) {
    boolean isV5 = version == Frames.V5 || version == ProtocolConstants.Version.V6;
    return new Batch(
        (byte) random.nextInt(3),
        statements,
        values,
        ProtocolConstants.ConsistencyLevel.QUORUM,
        random.nextBoolean()
            ? ProtocolConstants.ConsistencyLevel.LOCAL_SERIAL
            : ProtocolConstants.ConsistencyLevel.SERIAL,
        random.nextBoolean() ? random.nextLong() : QueryOptions.NO_DEFAULT_TIMESTAMP,
        isV5 && random.nextBoolean() ? "ks" : null,
        isV5 && random.nextBoolean() ? 12345 : QueryOptions.NO_NOW_IN_SECONDS);
  }

  private static String bytes(FrameCodec<ByteBuf> codec, int version, Batch batch) {
    ByteBuf frame = codec.encode(Frame.forRequest(version, 3, false, Frame.NO_PAYLOAD, batch));
    try {
      return ByteBufUtil.hexDump(frame);
    } finally {
      frame.release();
    }
  }

  @Property(tries = 500)
  void encodesAsTheLibraryDoes(
      @ForAll @IntRange(min = 0, max = 5) int versionIndex,
      @ForAll long seed,
      @ForAll boolean allOurs,
      @ForAll boolean allPrepared) {
    assertThat(CONTEXT.keepsPages() || CONTEXT.getFrameCodec() instanceof PageFrameCodec).isTrue();
    int version = Frames.VERSIONS.get(versionIndex);
    Random random = new Random(seed);
    List<Object> statements = new ArrayList<>();
    List<List<ByteBuffer>> ordinary = new ArrayList<>();
    List<List<ByteBuffer>> encoded = new ArrayList<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      statements.add(
          allPrepared || random.nextBoolean() ? new byte[] {1, 2, (byte) i} : "INSERT " + i);
      @Nullable ByteBuffer[] row = row(random, version);
      ordinary.add(Arrays.asList(row));
      encoded.add(
          allOurs || random.nextBoolean() ? EncodedValues.of(row) : Arrays.asList(row.clone()));
    }
    String expected =
        bytes(DRIVER, version, batch(new Random(seed), version, statements, ordinary));
    String found =
        bytes(
            CONTEXT.getFrameCodec(),
            version,
            batch(new Random(seed), version, statements, encoded));
    assertThat(found).isEqualTo(expected);
  }

  @Property(tries = 200)
  @SuppressWarnings("ReferenceEquality") // An empty value equals the one that stands for none.
  void viewsItsValues(@ForAll long seed) {
    @Nullable ByteBuffer[] row = row(new Random(seed), Frames.V4);
    EncodedValues values = EncodedValues.of(row);
    assertThat(values).isEqualTo(Arrays.asList(row));
    for (int i = 0; i < row.length; i++) {
      assertThat(values.get(i)).isEqualTo(row[i]);
      assertThat(values.get(i) == ProtocolConstants.UNSET_VALUE)
          .isEqualTo(row[i] == ProtocolConstants.UNSET_VALUE);
    }
  }

  @Property(tries = 100)
  void replacesOneValueInACopy(@ForAll long seed) {
    Random random = new Random(seed);
    @Nullable ByteBuffer[] row = row(random, Frames.V4);
    if (row.length == 0) {
      return;
    }
    EncodedValues values = EncodedValues.of(row);
    int changed = random.nextInt(row.length);
    @Nullable ByteBuffer[] expected = row.clone();
    expected[changed] = value(random, true);
    assertThat(values.with(changed, expected[changed])).isEqualTo(Arrays.asList(expected));
    assertThat(values).isEqualTo(Arrays.asList(row));
  }

  @Test
  void hasNoValueBeyondItsLast() {
    EncodedValues values = EncodedValues.of(new @Nullable ByteBuffer[] {null});
    assertThatThrownBy(() -> values.get(1)).hasMessageContaining("the statement has 1");
  }
}
