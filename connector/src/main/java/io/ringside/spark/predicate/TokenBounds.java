// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.predicate;

import io.ringside.spark.ring.Partitioner;
import io.ringside.spark.ring.RingRange;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.spark.sql.types.LongType;
import org.jspecify.annotations.Nullable;

/**
 * All comparisons of a query with the token, merged: the parts of the ring where they hold. Only
 * for tokens that are 64-bit integers. Built up predicate by predicate, on the driver.
 *
 * <p>{@code > 5} and {@code <= 9} is the range {@code (5, 9]}; {@code = 5} is {@code (4, 5]}. No
 * row has the least token, as Cassandra gives keys that hash to it the greatest.
 */
final class TokenBounds {
  /** Tokens of one {@code IN} that are read one by one; more of them are left to Spark. */
  private static final int MOST_TOKENS = 1000;

  private static final RingRange RING = Partitioner.MURMUR3.fullRing();

  private @Nullable List<RingRange> ranges;

  /** Adds a comparison; false, and nothing added, when it is not one with 64-bit integers. */
  boolean add(Comparison comparison) {
    if (comparison.operator() == Comparison.Operator.NOT_NULL) {
      return true;
    }
    if (!(comparison.type() instanceof LongType) || comparison.values().size() > MOST_TOKENS) {
      return comparison.type() == null && keepOnly(List.of());
    }
    TreeSet<Long> tokens = new TreeSet<>();
    comparison.values().forEach(value -> tokens.add((Long) value));
    BigInteger first = BigInteger.valueOf(tokens.first());
    BigInteger before = first.subtract(BigInteger.ONE);
    return switch (comparison.operator()) {
      case GREATER -> keepWithin(first, RING.end());
      case GREATER_OR_EQUAL -> keepWithin(before, RING.end());
      case LESS -> keepWithin(RING.start(), before);
      case LESS_OR_EQUAL -> keepWithin(RING.start(), first);
      case EQUAL -> keepOnly(tokens.stream().map(BigInteger::valueOf).toList());
      case NOT_NULL -> true;
    };
  }

  private boolean keepOnly(List<BigInteger> tokens) {
    List<RingRange> single = new ArrayList<>();
    for (BigInteger token : tokens) {
      if (RING.contains(token)) {
        single.add(new RingRange(token.subtract(BigInteger.ONE), token));
      }
    }
    keep(RingRange.merge(single));
    return true;
  }

  private boolean keepWithin(BigInteger start, BigInteger end) {
    BigInteger from = start.max(RING.start());
    keep(from.compareTo(end) < 0 ? List.of(new RingRange(from, end)) : List.of());
    return true;
  }

  private void keep(List<RingRange> wanted) {
    List<RingRange> kept = new ArrayList<>();
    for (RingRange range : ranges == null ? List.of(RING) : ranges) {
      for (RingRange part : wanted) {
        RingRange both = range.intersection(part);
        if (both != null) {
          kept.add(both);
        }
      }
    }
    ranges = RingRange.merge(kept);
  }

  /** True when no token can satisfy all comparisons. */
  boolean isContradictory() {
    return ranges != null && ranges.isEmpty();
  }

  /** Where the comparisons hold, along the ring; null for the whole ring. */
  @Nullable List<RingRange> ranges() {
    return ranges;
  }
}
