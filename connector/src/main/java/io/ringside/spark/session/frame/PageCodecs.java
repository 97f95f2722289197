// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.session.frame;

import com.datastax.dse.protocol.internal.DseProtocolV1ClientCodecs;
import com.datastax.dse.protocol.internal.DseProtocolV2ClientCodecs;
import com.datastax.dse.protocol.internal.ProtocolV4ClientCodecsForDse;
import com.datastax.oss.protocol.internal.FrameCodec.CodecGroup;
import com.datastax.oss.protocol.internal.Message;
import com.datastax.oss.protocol.internal.ProtocolConstants;
import com.datastax.oss.protocol.internal.ProtocolV3ClientCodecs;
import com.datastax.oss.protocol.internal.ProtocolV5ClientCodecs;
import com.datastax.oss.protocol.internal.ProtocolV6ClientCodecs;
import com.datastax.oss.protocol.internal.request.Batch;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The library's codecs of one protocol version, with a {@link ResultDecoder} and a {@link
 * BatchEncoder} among them.
 */
final class PageCodecs implements CodecGroup {
  private final CodecGroup library;
  private final Set<Integer> versions;

  private PageCodecs(CodecGroup library, Set<Integer> versions) {
    this.library = library;
    this.versions = versions;
  }

  /**
   * Those of all versions that the driver speaks.
   *
   * @param versions takes the versions of which rows are decoded, when the codecs are registered
   */
  static CodecGroup[] all(Set<Integer> versions) {
    return Stream.of(
            new ProtocolV3ClientCodecs(),
            new ProtocolV4ClientCodecsForDse(),
            new ProtocolV5ClientCodecs(),
            new ProtocolV6ClientCodecs(),
            new DseProtocolV1ClientCodecs(),
            new DseProtocolV2ClientCodecs())
        .map(group -> new PageCodecs(group, versions))
        .toArray(CodecGroup[]::new);
  }

  @Override
  public void registerCodecs(Registry registry) {
    library.registerCodecs(
        new Registry() {
          @Override
          public Registry addCodec(Message.Codec codec) {
            addEncoder(codec);
            return addDecoder(codec);
          }

          @Override
          public Registry addEncoder(Message.Codec codec) {
            registry.addEncoder(encoder(codec));
            return this;
          }

          @Override
          public Registry addDecoder(Message.Codec codec) {
            registry.addDecoder(decoder(codec));
            return this;
          }
        });
  }

  /** Other batches than those of the library's one codec, such as DSE's, are left to theirs. */
  private static Message.Codec encoder(Message.Codec codec) {
    return codec.getClass() == Batch.Codec.class ? new BatchEncoder(codec) : codec;
  }

  private Message.Codec decoder(Message.Codec codec) {
    if (codec.opcode != ProtocolConstants.Opcode.RESULT) {
      return codec;
    }
    versions.add(codec.protocolVersion);
    return new ResultDecoder(codec);
  }
}
