// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.session.frame;

import com.datastax.dse.protocol.internal.DseProtocolV1ServerCodecs;
import com.datastax.dse.protocol.internal.DseProtocolV2ServerCodecs;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.session.ProgrammaticArguments;
import com.datastax.oss.driver.internal.core.context.DefaultDriverContext;
import com.datastax.oss.driver.internal.core.protocol.ByteBufPrimitiveCodec;
import com.datastax.oss.protocol.internal.Compressor;
import com.datastax.oss.protocol.internal.Frame;
import com.datastax.oss.protocol.internal.FrameCodec;
import com.datastax.oss.protocol.internal.Message;
import com.datastax.oss.protocol.internal.ProtocolConstants;
import com.datastax.oss.protocol.internal.ProtocolV3ServerCodecs;
import com.datastax.oss.protocol.internal.ProtocolV4ServerCodecs;
import com.datastax.oss.protocol.internal.ProtocolV5ServerCodecs;
import com.datastax.oss.protocol.internal.ProtocolV6ServerCodecs;
import com.datastax.oss.protocol.internal.response.result.ColumnSpec;
import com.datastax.oss.protocol.internal.response.result.DefaultRows;
import com.datastax.oss.protocol.internal.response.result.RawType;
import com.datastax.oss.protocol.internal.response.result.Rows;
import com.datastax.oss.protocol.internal.response.result.RowsMetadata;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Answers as a server encodes them, with the library's own codecs. */
final class Frames {
  static final int V4 = ProtocolConstants.Version.V4;
  static final int V5 = ProtocolConstants.Version.V5;
  static final int DSE_V1 = 65;
  static final int DSE_V2 = 66;

  /** All protocol versions, oldest first. */
  static final List<Integer> VERSIONS =
      List.of(ProtocolConstants.Version.V3, V4, V5, ProtocolConstants.Version.V6, DSE_V1, DSE_V2);

  static final ByteBufPrimitiveCodec BUFFERS =
      new ByteBufPrimitiveCodec(new UnpooledByteBufAllocator(true, true));

  private Frames() {}

  /** A session's context without a session, with this compression or {@code none}. */
  static PageContext context(String compression) {
    return new PageContext(config(compression), ProgrammaticArguments.builder().build());
  }

  private static DriverConfigLoader config(String compression) {
    return DriverConfigLoader.fromString(
        "datastax-java-driver.advanced.protocol.compression = " + compression);
  }

  /** The driver's own codec. */
  static FrameCodec<ByteBuf> driver(String compression) {
    return new DefaultDriverContext(config(compression), ProgrammaticArguments.builder().build())
        .getFrameCodec();
  }

  private static FrameCodec<ByteBuf> server(Compressor<ByteBuf> compressor) {
    return new FrameCodec<>(
        BUFFERS,
        compressor,
        new ProtocolV3ServerCodecs(),
        new ProtocolV4ServerCodecs(),
        new ProtocolV5ServerCodecs(),
        new ProtocolV6ServerCodecs(),
        new DseProtocolV1ServerCodecs(),
        new DseProtocolV2ServerCodecs());
  }

  /** A message in a frame with a tracing id, and from version 4 on a payload and a warning. */
  static ByteBuf encoded(int version, Message message) {
    return encoded(version, message, Compressor.none());
  }

  static ByteBuf encoded(int version, Message message, Compressor<ByteBuf> compressor) {
    boolean hasPayload = version >= V4;
    return server(compressor)
        .encode(
            Frame.forResponse(
                version,
                7,
                new UUID(1, 2),
                hasPayload ? Map.of("key", ByteBuffer.wrap(new byte[] {1, 2})) : Frame.NO_PAYLOAD,
                hasPayload ? List.of("a warning") : List.of(),
                message));
  }

  /** Metadata with the names of columns, a paging state and, in version 5, a new id. */
  static RowsMetadata described(int version, int columns) {
    List<ColumnSpec> specs = new ArrayList<>();
    for (int c = 0; c < columns; c++) {
      specs.add(
          new ColumnSpec(
              "ks", "t", "c" + c, c, RawType.PRIMITIVES.get(ProtocolConstants.DataType.BLOB)));
    }
    boolean hasId = version == V5 || version == DSE_V2;
    return new RowsMetadata(
        specs, ByteBuffer.wrap(new byte[] {9, 8, 7}), null, hasId ? new byte[] {5, 5} : null);
  }

  /** Metadata that says no more than the number of columns. */
  static RowsMetadata undescribed(int columns) {
    return new RowsMetadata(columns, null, null, null);
  }

  static Rows rows(RowsMetadata metadata, List<List<@Nullable ByteBuffer>> content) {
    return new DefaultRows(metadata, new ArrayDeque<>(content));
  }

  /** What is left of an answer's rows, taken one by one. */
  static List<List<ByteBuffer>> take(Message rows) {
    Queue<List<ByteBuffer>> queue = ((Rows) rows).getData();
    List<List<ByteBuffer>> taken = new ArrayList<>();
    for (List<ByteBuffer> row = queue.poll(); row != null; row = queue.poll()) {
      taken.add(row);
    }
    return taken;
  }
}
