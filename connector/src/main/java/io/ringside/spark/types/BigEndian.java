// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Numbers in an array of bytes, the most significant byte first, as the native protocol and all
 * cells have them. An index out of the array is an {@link IndexOutOfBoundsException}.
 */
public final class BigEndian {
  private static final VarHandle SHORTS = view(short[].class);
  private static final VarHandle INTS = view(int[].class);
  private static final VarHandle LONGS = view(long[].class);

  private BigEndian() {}

  private static VarHandle view(Class<?> numbers) {
    return MethodHandles.byteArrayViewVarHandle(numbers, ByteOrder.BIG_ENDIAN);
  }

  /** The number in the two bytes from an index on. */
  public static short getShort(byte[] bytes, int at) {
    return (short) SHORTS.get(bytes, at);
  }

  /** The number in the four bytes from an index on. */
  public static int getInt(byte[] bytes, int at) {
    return (int) INTS.get(bytes, at);
  }

  /** The number in the eight bytes from an index on. */
  public static long getLong(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  /** Puts a number into the four bytes from an index on. */
  public static void putInt(byte[] bytes, int at, int value) {
    INTS.set(bytes, at, value);
  }
}
