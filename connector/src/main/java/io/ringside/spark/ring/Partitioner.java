// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.ring;

import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.UnsupportedException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The token space of a cluster. A ring starts at {@link #minimum()}, which no key has, and ends at
 * {@link #maximum()}, so that the range {@code (minimum, maximum]} holds every key.
 *
 * <p>Bounds from Cassandra's {@code Murmur3Partitioner} (which maps the hash {@code -2^63} to
 * {@code 2^63-1}) and {@code RandomPartitioner}.
 */
public enum Partitioner {
  /** Tokens are 64-bit integers. */
  MURMUR3(BigInteger.ONE.shiftLeft(63).negate(), BigInteger.valueOf(Long.MAX_VALUE)),
  /** Tokens are integers from 0 to 2^127. */
  RANDOM(BigInteger.ONE.negate(), BigInteger.ONE.shiftLeft(127));

  private final BigInteger minimum;
  private final BigInteger maximum;

  Partitioner(BigInteger minimum, BigInteger maximum) {
    this.minimum = minimum;
    this.maximum = maximum;
  }

  /**
   * The partitioner of this class name, as {@code system.local} has it. Amazon Keyspaces' default
   * partitioner gives the tokens of {@code RandomPartitioner}.
   *
   * @throws UnsupportedException for any other partitioner
   */
  public static Partitioner named(String className) {
    String simpleName = className.substring(className.lastIndexOf('.') + 1);
    return switch (simpleName) {
      case "Murmur3Partitioner" -> MURMUR3;
      case "RandomPartitioner", "DefaultPartitioner" -> RANDOM;
      default ->
          throw new UnsupportedException(
              ErrorCode.UNSUPPORTED_TABLE,
              "Cannot read the token ring: the cluster uses the partitioner '"
                  + className
                  + "'. Use a cluster with Murmur3Partitioner or RandomPartitioner.");
    };
  }

  /** The start of the ring; no key has this token. */
  public BigInteger minimum() {
    return minimum;
  }

  /** The last token of the ring, inclusive. */
  public BigInteger maximum() {
    return maximum;
  }

  /** The whole ring as one range. */
  public RingRange fullRing() {
    return new RingRange(minimum, maximum);
  }

  /**
   * The range from {@code start} (exclusive) clockwise to {@code end} (inclusive) as ranges that do
   * not wrap: one, or two where it passes the end of the ring. {@code start == end} is the whole
   * ring; an {@code end} of {@link #minimum()} means the end of the ring.
   *
   * <p>Example on a ring of 1 to 9: {@code (7, 2]} becomes {@code (7, 9]} and {@code (0, 2]}.
   */
  public List<RingRange> unwrap(BigInteger start, BigInteger end) {
    if (start.compareTo(end) < 0) {
      return List.of(new RingRange(start, end));
    }
    List<RingRange> parts = new ArrayList<>(2);
    if (start.compareTo(maximum) < 0) {
      parts.add(new RingRange(start, maximum));
    }
    if (end.compareTo(minimum) > 0) {
      parts.add(new RingRange(minimum, end));
    }
    return parts;
  }

  /**
   * The token in the bytes of an answer's {@code token(…)}.
   *
   * @param bytes read from position to limit, which stay; not null for a row that exists
   */
  public BigInteger decode(@Nullable ByteBuffer bytes) {
    if (bytes == null) {
      throw new IllegalArgumentException("Every row has a token.");
    }
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return new BigInteger(copy);
  }

  /** A token as the bytes that a bind marker of {@code token(…)} takes. */
  public ByteBuffer encode(BigInteger token) {
    return this == MURMUR3
        ? ByteBuffer.allocate(Long.BYTES).putLong(0, token.longValueExact())
        : ByteBuffer.wrap(token.toByteArray());
  }
}
