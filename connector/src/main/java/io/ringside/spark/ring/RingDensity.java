// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.ring;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * How many bytes and partitions lie in any part of the ring, from estimates that need not cover it.
 *
 * <p>Inside an estimate's range the data counts as evenly spread. Where estimates of several nodes
 * overlap, the one that starts first along the ring counts. Parts that no estimate covers (nodes
 * that did not answer, primary ranges of other data centres) have the mean density of the covered
 * ones. Immutable. Driver only.
 */
public final class RingDensity {
  private final Partitioner partitioner;
  private final List<RangeEstimate> estimates;
  private final double meanBytesPerToken;
  private final double meanPartitionsPerToken;

  private RingDensity(
      Partitioner partitioner, List<RangeEstimate> estimates, double bytes, double partitions) {
    this.partitioner = partitioner;
    this.estimates = estimates;
    this.meanBytesPerToken = bytes;
    this.meanPartitionsPerToken = partitions;
  }

  /** The density that these estimates describe; without any, every part of the ring is empty. */
  public static RingDensity of(Partitioner partitioner, List<RangeEstimate> estimates) {
    List<RangeEstimate> disjoint = disjoint(estimates);
    double covered = 0;
    double bytes = 0;
    double partitions = 0;
    for (RangeEstimate estimate : disjoint) {
      covered += estimate.range().size().doubleValue();
      bytes += estimate.bytes();
      partitions += estimate.partitions();
    }
    return covered == 0
        ? new RingDensity(partitioner, List.of(), 0, 0)
        : new RingDensity(partitioner, disjoint, bytes / covered, partitions / covered);
  }

  /** A ring over which this many bytes are evenly spread; the number of partitions is unknown. */
  public static RingDensity uniform(Partitioner partitioner, double bytes) {
    return of(partitioner, List.of(new RangeEstimate(partitioner.fullRing(), bytes, 0)));
  }

  /** Bytes of one replica of the whole ring. */
  public double totalBytes() {
    return at(partitioner.fullRing()).bytes();
  }

  /** Number of partition keys in the whole ring; zero when unknown. */
  public double totalPartitions() {
    return at(partitioner.fullRing()).partitions();
  }

  /** The bytes and partitions in a part of the ring. */
  public RangeEstimate at(RingRange range) {
    double bytes = 0;
    double partitions = 0;
    for (RangeEstimate piece : pieces(range)) {
      bytes += piece.bytes();
      partitions += piece.partitions();
    }
    return new RangeEstimate(range, bytes, partitions);
  }

  /** A part of the ring as pieces along the ring, the data of each of them evenly spread. */
  public List<RangeEstimate> pieces(RingRange range) {
    List<RangeEstimate> pieces = new ArrayList<>();
    BigInteger reached = range.start();
    for (int i = firstAfter(range.start()); i < estimates.size(); i++) {
      RangeEstimate estimate = estimates.get(i);
      if (estimate.range().start().compareTo(range.end()) >= 0) {
        break;
      }
      BigInteger from = estimate.range().start().max(range.start());
      BigInteger to = estimate.range().end().min(range.end());
      addMean(pieces, reached, from);
      RingRange overlap = new RingRange(from, to);
      double share = fraction(overlap.size(), estimate.range().size());
      pieces.add(
          new RangeEstimate(overlap, estimate.bytes() * share, estimate.partitions() * share));
      reached = to;
    }
    addMean(pieces, reached, range.end());
    return pieces;
  }

  private void addMean(List<RangeEstimate> pieces, BigInteger from, BigInteger to) {
    if (from.compareTo(to) < 0) {
      RingRange gap = new RingRange(from, to);
      double tokens = gap.size().doubleValue();
      pieces.add(
          new RangeEstimate(gap, tokens * meanBytesPerToken, tokens * meanPartitionsPerToken));
    }
  }

  /** The index of the first estimate that ends after the token. */
  private int firstAfter(BigInteger token) {
    int low = 0;
    int high = estimates.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (estimates.get(middle).range().end().compareTo(token) > 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private static List<RangeEstimate> disjoint(List<RangeEstimate> estimates) {
    List<RangeEstimate> sorted = new ArrayList<>(estimates);
    sorted.sort((a, b) -> RingRange.ALONG_THE_RING.compare(a.range(), b.range()));
    List<RangeEstimate> disjoint = new ArrayList<>(sorted.size());
    BigInteger reached = null;
    for (RangeEstimate estimate : sorted) {
      RingRange range = estimate.range();
      if (reached != null && range.end().compareTo(reached) <= 0) {
        continue;
      }
      if (reached != null && range.start().compareTo(reached) < 0) {
        RingRange tail = new RingRange(reached, range.end());
        double share = fraction(tail.size(), range.size());
        estimate = new RangeEstimate(tail, estimate.bytes() * share, estimate.partitions() * share);
      }
      disjoint.add(estimate);
      reached = range.end();
    }
    return disjoint;
  }

  private static double fraction(BigInteger part, BigInteger whole) {
    return new BigDecimal(part).divide(new BigDecimal(whole), MathContext.DECIMAL64).doubleValue();
  }
}
