// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.session.frame;

import io.ringside.spark.types.vector.EncodedRows;
import java.nio.ByteBuffer;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;

/**
 * The custom payload of an answer, as the server sent it, with the answer's rows behind it: of what
 * the driver hands out of an answer, this is the one object that it takes as it is. Immutable.
 */
final class PagePayload extends AbstractMap<String, ByteBuffer> {
  private final Map<String, ByteBuffer> sent;
  private final EncodedRows rows;

  PagePayload(Map<String, ByteBuffer> sent, EncodedRows rows) {
    this.sent = sent;
    this.rows = rows;
  }

  EncodedRows rows() {
    return rows;
  }

  @Override
  public Set<Entry<String, ByteBuffer>> entrySet() {
    return sent.entrySet();
  }
}
