// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.session.frame;

import com.datastax.dse.driver.api.core.DseProtocolVersion;
import com.datastax.oss.driver.api.core.DefaultProtocolVersion;
import com.datastax.oss.driver.api.core.ProtocolVersion;
import com.datastax.oss.protocol.internal.Frame;
import com.datastax.oss.protocol.internal.PrimitiveCodec;
import com.datastax.oss.protocol.internal.ProtocolConstants;
import com.datastax.oss.protocol.internal.request.Batch;
import com.datastax.oss.protocol.internal.request.query.QueryOptions;
import io.ringside.spark.types.vector.RowCursor;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tries a {@link PageFrameCodec} before a session uses it: with the driver that there is, which may
 * be another than the one that the connector was made with.
 */
final class FrameProbe {
  private static final byte FROM_SERVER = (byte) 0x80;

  /** Metadata without names and types of columns. */
  private static final int NO_METADATA = 0x0004;

  private static final byte CELL = 42;

  /** Kind of answer, flags, columns, rows, and one cell of one byte after its length. */
  private static final int BODY_BYTES = 5 * Integer.BYTES + 1;

  private FrameProbe() {}

  /**
   * Whether the codec decodes the rows of every protocol version that the driver may speak, and
   * encodes batches of encoded values as the library does.
   *
   * @throws RuntimeException or a {@link LinkageError} when it does not work with this driver
   */
  static <B> boolean passes(PageFrameCodec<B> codec, PrimitiveCodec<B> buffers) {
    return knowsAllVersions(codec)
        && decodesRows(codec, buffers)
        && encodesBatches(codec, buffers, ProtocolConstants.Version.V4)
        && encodesBatches(codec, buffers, ProtocolConstants.Version.V5);
  }

  private static boolean knowsAllVersions(PageFrameCodec<?> codec) {
    Stream<ProtocolVersion> spoken =
        Stream.concat(
            Arrays.stream(DefaultProtocolVersion.values()),
            Arrays.stream(DseProtocolVersion.values()));
    return spoken.allMatch(version -> codec.versions().contains(version.getCode()));
  }

  private static <B> boolean decodesRows(PageFrameCodec<B> codec, PrimitiveCodec<B> buffers) {
    B frame = buffers.allocate(PageFrameCodec.V3_ENCODED_HEADER_SIZE + BODY_BYTES);
    try {
      buffers.writeByte((byte) (FROM_SERVER | ProtocolConstants.Version.V4), frame);
      buffers.writeByte((byte) 0, frame);
      buffers.writeUnsignedShort(0, frame);
      buffers.writeByte((byte) ProtocolConstants.Opcode.RESULT, frame);
      buffers.writeInt(BODY_BYTES, frame);
      buffers.writeInt(ProtocolConstants.ResultKind.ROWS, frame);
      buffers.writeInt(NO_METADATA, frame);
      buffers.writeInt(1, frame);
      buffers.writeInt(1, frame);
      buffers.writeInt(1, frame);
      buffers.writeByte(CELL, frame);
      return holdsTheCell(codec.decode(frame));
    } finally {
      buffers.release(frame);
    }
  }

  private static boolean holdsTheCell(Frame frame) {
    if (!(frame.customPayload instanceof PagePayload page)) {
      return false;
    }
    RowCursor cursor = new RowCursor(page.rows());
    return cursor.next() && ByteBuffer.wrap(new byte[] {CELL}).equals(cursor.cell(0));
  }

  private static <B> boolean encodesBatches(
      PageFrameCodec<B> codec, PrimitiveCodec<B> buffers, int version) {
    @Nullable ByteBuffer[] values = {
      ByteBuffer.wrap(new byte[] {CELL}), null, ProtocolConstants.UNSET_VALUE
    };
    B expected = codec.encode(request(version, Arrays.asList(values)));
    try {
      B found = codec.encode(request(version, EncodedValues.of(values)));
      try {
        return haveSameBytes(expected, found, buffers);
      } finally {
        buffers.release(found);
      }
    } finally {
      buffers.release(expected);
    }
  }

  private static Frame request(int version, List<ByteBuffer> values) {
    Batch batch =
        new Batch(
            ProtocolConstants.BatchType.UNLOGGED,
            List.of(new byte[] {CELL}),
            List.of(values),
            ProtocolConstants.ConsistencyLevel.LOCAL_QUORUM,
            ProtocolConstants.ConsistencyLevel.LOCAL_SERIAL,
            CELL,
            null,
            QueryOptions.NO_NOW_IN_SECONDS);
    return Frame.forRequest(version, 0, false, Frame.NO_PAYLOAD, batch);
  }

  private static <B> boolean haveSameBytes(B one, B other, PrimitiveCodec<B> buffers) {
    int size = buffers.sizeOf(one);
    boolean same = size == buffers.sizeOf(other);
    for (int i = 0; same && i < size; i++) {
      same = buffers.readByte(one) == buffers.readByte(other);
    }
    return same;
  }
}
