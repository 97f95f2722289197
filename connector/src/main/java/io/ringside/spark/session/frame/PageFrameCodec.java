// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.session.frame;

import com.datastax.oss.protocol.internal.Compressor;
import com.datastax.oss.protocol.internal.Frame;
import com.datastax.oss.protocol.internal.FrameCodec;
import com.datastax.oss.protocol.internal.PrimitiveCodec;
import com.datastax.oss.protocol.internal.response.result.Rows;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Encodes and decodes frames as the driver's own codec does, but leaves the rows of an answer in
 * one array, which comes with the answer as a {@link PagePayload}. Used by the driver's I/O
 * threads; thread-safe.
 *
 * @param <B> the driver's buffers
 */
final class PageFrameCodec<B> extends FrameCodec<B> {
  private final PrimitiveCodec<B> buffers;
  private final Set<Integer> versions;

  PageFrameCodec(PrimitiveCodec<B> buffers, Compressor<B> compressor) {
    this(buffers, compressor, new ConcurrentSkipListSet<>());
  }

  private PageFrameCodec(
      PrimitiveCodec<B> buffers, Compressor<B> compressor, Set<Integer> versions) {
    super(buffers, compressor, PageCodecs.all(versions));
    this.buffers = buffers;
    this.versions = versions;
  }

  /** The codes of the protocol versions of which rows are decoded. */
  Set<Integer> versions() {
    return versions;
  }

  /**
   * Decodes the next frame of a buffer.
   *
   * @throws IllegalArgumentException when the buffer ends before the frame
   */
  @Override
  public Frame decode(B source) {
    long size = (long) V3_ENCODED_HEADER_SIZE + decodeBodySize(source);
    int found = buffers.sizeOf(source);
    if (size == found) {
      return withPage(super.decode(source));
    } else if (size < V3_ENCODED_HEADER_SIZE || size > found) {
      throw new IllegalArgumentException(
          "Cannot decode a frame: it has %d bytes where its header says %d. What answered is not Cassandra, or the answer was damaged on its way."
              .formatted(found, size));
    }
    // Others follow: the decoder of rows takes all that there is.
    B alone = buffers.readRetainedSlice(source, (int) size);
    try {
      return withPage(super.decode(alone));
    } finally {
      buffers.release(alone);
    }
  }

  private static Frame withPage(Frame frame) {
    return frame.message instanceof Rows rows && rows.getData() instanceof LazyRows lazy
        ? new Frame(
            frame.protocolVersion,
            frame.beta,
            frame.streamId,
            frame.tracing,
            frame.tracingId,
            frame.size,
            frame.compressedSize,
            new PagePayload(frame.customPayload, lazy.rows()),
            frame.warnings,
            frame.message)
        : frame;
  }
}
