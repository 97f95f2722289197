// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.ring;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the token ring that does not wrap and is not empty: all tokens after {@code start} up
 * to and including {@code end}. {@code (10, 20]} holds 11 to 20. Immutable; sent to executors.
 *
 * @param start the token before the first one, exclusive
 * @param end the last token, inclusive; greater than {@code start}
 */
public record RingRange(BigInteger start, BigInteger end) implements Serializable {
  /** Order by start, then end: the way along the ring. */
  public static final Comparator<RingRange> ALONG_THE_RING =
      Comparator.comparing(RingRange::start).thenComparing(RingRange::end);

  public RingRange {
    if (start.compareTo(end) >= 0) {
      throw new IllegalArgumentException("Not a range: (" + start + ", " + end + "]");
    }
  }

  /** A range of two tokens given as 64-bit integers. */
  public static RingRange of(long start, long end) {
    return new RingRange(BigInteger.valueOf(start), BigInteger.valueOf(end));
  }

  /** How many tokens the range holds; at least 1. */
  public BigInteger size() {
    return end.subtract(start);
  }

  /** True when the token lies in the range. */
  public boolean contains(BigInteger token) {
    return token.compareTo(start) > 0 && token.compareTo(end) <= 0;
  }

  /** The tokens that both ranges hold, or null when there are none. */
  public @Nullable RingRange intersection(RingRange other) {
    BigInteger from = start.max(other.start);
    BigInteger to = end.min(other.end);
    return from.compareTo(to) < 0 ? new RingRange(from, to) : null;
  }

  /** How many tokens both ranges hold; zero when they do not overlap. */
  public BigInteger overlap(RingRange other) {
    return end.min(other.end).subtract(start.max(other.start)).max(BigInteger.ZERO);
  }

  /**
   * This range cut into {@code parts} ranges of sizes that differ by at most one token, or into
   * ranges of one token where it holds fewer than {@code parts}.
   *
   * @param parts at least 1
   */
  public List<RingRange> split(int parts) {
    BigInteger size = size();
    BigInteger count = BigInteger.valueOf(parts).min(size);
    int n = count.intValueExact();
    List<RingRange> ranges = new ArrayList<>(n);
    BigInteger from = start;
    for (int i = 1; i <= n; i++) {
      BigInteger to = start.add(size.multiply(BigInteger.valueOf(i)).divide(count));
      ranges.add(new RingRange(from, to));
      from = to;
    }
    return ranges;
  }

  /**
   * The token that ends the first {@code fraction} of this range: at least the first token of the
   * range, at most its end.
   *
   * @param fraction from 0 to 1
   */
  public BigInteger tokenAt(double fraction) {
    BigInteger offset =
        new BigDecimal(size())
            .multiply(BigDecimal.valueOf(fraction), MathContext.DECIMAL128)
            .toBigInteger();
    return start.add(offset.max(BigInteger.ONE).min(size()));
  }

  /**
   * The same tokens in as few ranges as possible, along the ring: ranges that touch become one. The
   * given ranges do not overlap.
   */
  public static List<RingRange> merge(List<RingRange> ranges) {
    List<RingRange> sorted = new ArrayList<>(ranges);
    sorted.sort(ALONG_THE_RING);
    List<RingRange> merged = new ArrayList<>(sorted.size());
    for (RingRange range : sorted) {
      int last = merged.size() - 1;
      if (last >= 0 && merged.get(last).end.equals(range.start)) {
        merged.set(last, new RingRange(merged.get(last).start, range.end));
      } else {
        merged.add(range);
      }
    }
    return merged;
  }

  @Override
  public String toString() {
    return "(" + start + ", " + end + "]";
  }
}
