// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types;

/**
 * Cassandra's variable-length integers (native protocol specification, section 3, {@code [unsigned
 * vint]} and {@code [vint]}): the number of leading one bits of the first byte is the number of
 * bytes that follow; signed values are zig-zag encoded.
 */
public final class VInt {
  private static final int MAX_BYTES = 9;

  private VInt() {}

  /** The whole length in bytes of the integer that starts with this byte, 1 to 9. */
  public static int size(byte first) {
    return first >= 0 ? 1 : Integer.numberOfLeadingZeros(~first) - 23;
  }

  /** The length in bytes of an unsigned value when encoded, 1 to 9. */
  public static int sizeOf(long unsigned) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(unsigned | 1);
    return bits > 56 ? MAX_BYTES : (bits + 6) / 7;
  }

  /** The unsigned integer from an index on. */
  public static long unsigned(byte[] bytes, int index) {
    byte first = bytes[index];
    int extra = size(first) - 1;
    long value = first & 0xff >> extra;
    for (int i = 1; i <= extra; i++) {
      value = (value << Byte.SIZE) | (bytes[index + i] & 0xff);
    }
    return value;
  }

  /** The signed integer from an index on. */
  public static long signed(byte[] bytes, int index) {
    long raw = unsigned(bytes, index);
    return raw >>> 1 ^ -(raw & 1);
  }

  /** The unsigned form of a signed value. */
  public static long zigZag(long value) {
    return value << 1 ^ value >> 63;
  }
}
