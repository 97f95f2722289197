// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.ring;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Tokens of Cassandra's {@code Murmur3Partitioner}: the first half of MurmurHash3 x64 128 with seed
 * 0, whose last bytes are taken as signed (CASSANDRA-2975), of the partition key's bytes. Pure.
 */
public final class Murmur3 {
  private static final long C1 = 0x87c37b91114253d5L;
  private static final long C2 = 0x4cf5ad432745937fL;
  private static final int BLOCK = 16;

  private Murmur3() {}

  /**
   * The token of a partition key.
   *
   * @param cells the bytes of its columns in key order, from position to limit, which stay; at
   *     least one
   */
  public static long token(List<ByteBuffer> cells) {
    ByteBuffer key = key(cells);
    if (!key.hasRemaining()) {
      return Long.MIN_VALUE;
    }
    long hash = hash(key);
    // The least token is the start of the ring and belongs to no key.
    return hash == Long.MIN_VALUE ? Long.MAX_VALUE : hash;
  }

  /**
   * The key as Cassandra serialises it: a single column as it is; of several columns, each has its
   * length in two bytes before it and a zero byte after it.
   */
  private static ByteBuffer key(List<ByteBuffer> cells) {
    if (cells.size() == 1) {
      return cells.get(0).slice();
    }
    int size = 0;
    for (ByteBuffer cell : cells) {
      size += Short.BYTES + cell.remaining() + 1;
    }
    ByteBuffer key = ByteBuffer.allocate(size);
    for (ByteBuffer cell : cells) {
      key.putShort((short) cell.remaining()).put(cell.duplicate()).put((byte) 0);
    }
    return key.flip();
  }

  private static long hash(ByteBuffer bytes) {
    ByteBuffer key = bytes.order(ByteOrder.LITTLE_ENDIAN);
    int length = key.remaining();
    int blocks = length - length % BLOCK;
    long h1 = 0;
    long h2 = 0;
    for (int at = 0; at < blocks; at += BLOCK) {
      h1 ^= mixFirst(key.getLong(at));
      h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + 0x52dce729;
      h2 ^= mixSecond(key.getLong(at + Long.BYTES));
      h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x38495ab5;
    }
    h2 ^= mixSecond(tail(key, blocks + Long.BYTES, length));
    h1 ^= mixFirst(tail(key, blocks, Math.min(length, blocks + Long.BYTES)));
    h1 ^= length;
    h2 ^= length;
    h1 += h2;
    h2 += h1;
    return finish(h1) + finish(h2);
  }

  private static long tail(ByteBuffer key, int from, int to) {
    long tail = 0;
    for (int at = from; at < to; at++) {
      // Signed: a negative byte fills all bits above it.
      tail ^= (long) key.get(at) << (Byte.SIZE * (at - from));
    }
    return tail;
  }

  private static long mixFirst(long k) {
    return Long.rotateLeft(k * C1, 31) * C2;
  }

  private static long mixSecond(long k) {
    return Long.rotateLeft(k * C2, 33) * C1;
  }

  private static long finish(long h) {
    long mixed = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
