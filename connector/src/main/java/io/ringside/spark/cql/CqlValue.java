// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cql;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** The bytes of a value that is bound to a marker; equal when the bytes are. Sent to executors. */
public final class CqlValue implements Serializable {
  private static final long serialVersionUID = 1L;

  private final byte[] bytes;

  /** Copies the bytes from position to limit. */
  public CqlValue(ByteBuffer bytes) {
    this.bytes = new byte[bytes.remaining()];
    bytes.duplicate().get(this.bytes);
  }

  /** The bytes, for the driver to read. */
  public ByteBuffer buffer() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  /** Length in bytes. */
  public int size() {
    return bytes.length;
  }

  /**
   * A CQL list of values, as {@code IN ?} takes it (native protocol specification, version 4,
   * section 6.12).
   */
  public static CqlValue listOf(List<CqlValue> values) {
    int size = Integer.BYTES;
    for (CqlValue value : values) {
      size += Integer.BYTES + value.size();
    }
    ByteBuffer list = ByteBuffer.allocate(size).putInt(values.size());
    for (CqlValue value : values) {
      list.putInt(value.size()).put(value.bytes);
    }
    return new CqlValue(list.flip());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CqlValue value && Arrays.equals(bytes, value.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The size alone: a value may be personal data. */
  @Override
  public String toString() {
    return bytes.length + " bytes";
  }
}
