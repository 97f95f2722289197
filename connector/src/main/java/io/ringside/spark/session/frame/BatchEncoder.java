// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.session.frame;

import com.datastax.oss.protocol.internal.Message;
import com.datastax.oss.protocol.internal.PrimitiveCodec;
import com.datastax.oss.protocol.internal.PrimitiveSizes;
import com.datastax.oss.protocol.internal.ProtocolConstants;
import com.datastax.oss.protocol.internal.request.Batch;
import com.datastax.oss.protocol.internal.util.Flags;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Encodes batches of one protocol version whose statements all have {@link EncodedValues}, which
 * are written as they are; the library encodes all others. Used by the driver's I/O threads; has no
 * state.
 */
final class BatchEncoder extends Message.Codec {
  private static final int MOST_STATEMENTS = 0xffff;
  private static final byte PREPARED = 1;

  private final Message.Codec library;

  /** An encoder instead of this one. */
  BatchEncoder(Message.Codec library) {
    super(library.opcode, library.protocolVersion);
    this.library = library;
  }

  @Override
  public <B> Message decode(B source, PrimitiveCodec<B> decoder) {
    return library.decode(source, decoder);
  }

  /** Whether all statements are prepared and all values in arrays; else the library does it. */
  private static boolean isOurs(Batch batch) {
    if (batch.values.size() != batch.queriesOrIds.size() || batch.values.size() > MOST_STATEMENTS) {
      return false;
    }
    for (Object statement : batch.queriesOrIds) {
      if (!(statement instanceof byte[])) {
        return false;
      }
    }
    for (List<ByteBuffer> values : batch.values) {
      if (!isEncoded(values)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isEncoded(Object values) {
    return values instanceof EncodedValues;
  }

  private static EncodedValues encoded(Object values) {
    return (EncodedValues) values;
  }

  @Override
  public int encodedSize(Message message) {
    Batch batch = (Batch) message;
    if (!isOurs(batch)) {
      return library.encodedSize(message);
    }
    int size = 1 + Short.BYTES;
    for (int i = 0; i < batch.queriesOrIds.size(); i++) {
      size += 1 + PrimitiveSizes.sizeOfShortBytes((byte[]) batch.queriesOrIds.get(i));
      size += encoded(batch.values.get(i)).encodedSize();
    }
    size += Short.BYTES + (hasWideFlags() ? Integer.BYTES : 1);
    if (has(batch, ProtocolConstants.QueryFlag.SERIAL_CONSISTENCY)) {
      size += Short.BYTES;
    }
    if (has(batch, ProtocolConstants.QueryFlag.DEFAULT_TIMESTAMP)) {
      size += Long.BYTES;
    }
    if (has(batch, ProtocolConstants.QueryFlag.WITH_KEYSPACE)) {
      size += PrimitiveSizes.sizeOfString(batch.keyspace);
    }
    return has(batch, ProtocolConstants.QueryFlag.NOW_IN_SECONDS) ? size + Integer.BYTES : size;
  }

  @Override
  public <B> void encode(B dest, Message message, PrimitiveCodec<B> encoder) {
    Batch batch = (Batch) message;
    if (!isOurs(batch)) {
      library.encode(dest, message, encoder);
      return;
    }
    encoder.writeByte(batch.type, dest);
    encoder.writeUnsignedShort(batch.queriesOrIds.size(), dest);
    for (int i = 0; i < batch.queriesOrIds.size(); i++) {
      encoder.writeByte(PREPARED, dest);
      encoder.writeShortBytes((byte[]) batch.queriesOrIds.get(i), dest);
      encoded(batch.values.get(i)).encode(dest, encoder);
    }
    encodeOptions(dest, batch, encoder);
  }

  private <B> void encodeOptions(B dest, Batch batch, PrimitiveCodec<B> encoder) {
    encoder.writeUnsignedShort(batch.consistency, dest);
    if (hasWideFlags()) {
      encoder.writeInt(batch.flags, dest);
    } else {
      encoder.writeByte((byte) batch.flags, dest);
    }
    if (has(batch, ProtocolConstants.QueryFlag.SERIAL_CONSISTENCY)) {
      encoder.writeUnsignedShort(batch.serialConsistency, dest);
    }
    if (has(batch, ProtocolConstants.QueryFlag.DEFAULT_TIMESTAMP)) {
      encoder.writeLong(batch.defaultTimestamp, dest);
    }
    if (has(batch, ProtocolConstants.QueryFlag.WITH_KEYSPACE)) {
      encoder.writeString(batch.keyspace, dest);
    }
    if (has(batch, ProtocolConstants.QueryFlag.NOW_IN_SECONDS)) {
      encoder.writeInt(batch.nowInSeconds, dest);
    }
  }

  private boolean hasWideFlags() {
    return protocolVersion >= ProtocolConstants.Version.V5;
  }

  private static boolean has(Batch batch, int flag) {
    return Flags.contains(batch.flags, flag);
  }
}
