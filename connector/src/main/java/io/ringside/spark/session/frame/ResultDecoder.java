// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.session.frame;

import com.datastax.dse.protocol.internal.DseProtocolConstants;
import com.datastax.dse.protocol.internal.response.result.DseRowsMetadata;
import com.datastax.oss.protocol.internal.Message;
import com.datastax.oss.protocol.internal.PrimitiveCodec;
import com.datastax.oss.protocol.internal.ProtocolConstants;
import com.datastax.oss.protocol.internal.response.result.DefaultRows;
import com.datastax.oss.protocol.internal.response.result.RowsMetadata;
import io.ringside.spark.types.vector.EncodedRows;
import java.nio.ByteBuffer;

/**
 * Decodes answers of one protocol version as the library does, but for rows: these are copied out
 * of the driver's buffer in one piece. Used by the driver's I/O threads; has no state.
 */
final class ResultDecoder extends Message.Codec {
  private final Message.Codec library;

  /** A decoder instead of this one. */
  ResultDecoder(Message.Codec library) {
    super(library.opcode, library.protocolVersion);
    this.library = library;
  }

  @Override
  public <B> void encode(B dest, Message message, PrimitiveCodec<B> encoder) {
    library.encode(dest, message, encoder);
  }

  @Override
  public int encodedSize(Message message) {
    return library.encodedSize(message);
  }

  /**
   * Decodes an answer.
   *
   * @param source ends where the answer ends
   * @throws IllegalArgumentException when the answer's numbers contradict each other
   */
  @Override
  public <B> Message decode(B source, PrimitiveCodec<B> decoder) {
    if (decoder.readInt(source, 0) != ProtocolConstants.ResultKind.ROWS) {
      return library.decode(source, decoder);
    }
    decoder.readInt(source);
    RowsMetadata metadata = metadata(source, decoder);
    int rows = decoder.readInt(source);
    int size = decoder.sizeOf(source);
    if (rows < 0
        || metadata.columnCount < 0
        || (long) rows * metadata.columnCount * EncodedRows.HEADER_BYTES > size) {
      throw new IllegalArgumentException(
          "Cannot decode an answer: %d rows of %d cells do not fit into its last %d bytes. What answered is not Cassandra, or the answer was damaged on its way."
              .formatted(rows, metadata.columnCount, size));
    }
    ByteBuffer content = content(source, size, decoder);
    return new DefaultRows(
        metadata,
        new LazyRows(
            new EncodedRows(content.array(), content.arrayOffset(), rows, metadata.columnCount)));
  }

  private <B> RowsMetadata metadata(B source, PrimitiveCodec<B> decoder) {
    return switch (protocolVersion) {
      case DseProtocolConstants.Version.DSE_V1, DseProtocolConstants.Version.DSE_V2 ->
          DseRowsMetadata.decode(source, decoder, false, protocolVersion);
      default -> RowsMetadata.decode(source, decoder, false, protocolVersion);
    };
  }

  /**
   * The rest of a buffer on the heap. What the driver's buffers are is known to it alone, and the
   * one thing that it copies is a value after its length: so the length is put before.
   */
  private static <B> ByteBuffer content(B source, int size, PrimitiveCodec<B> decoder) {
    if (size == 0) {
      return ByteBuffer.allocate(0);
    }
    B length = decoder.allocate(EncodedRows.HEADER_BYTES);
    decoder.writeInt(size, length);
    B value = decoder.concat(length, decoder.readRetainedSlice(source, size));
    try {
      return decoder.readBytes(value);
    } finally {
      decoder.release(value);
    }
  }
}
