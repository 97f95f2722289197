// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import io.ringside.spark.ring.RingRange;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a task's token ranges so that several can be read at a time and none is much larger than the
 * others. In the task, not while planning: a scan of many terabytes has millions of pieces. Pure.
 */
public final class RangeCut {
  /** A range of fewer pages than this is not worth a second request at the same time. */
  private static final int PAGES_PER_RANGE = 2;

  /**
   * Ranges that a task reads after one another in each of its places: the more there are, the less
   * it waits at its end for a last large one.
   */
  private static final int RANGES_PER_PLACE = 4;

  private RangeCut() {}

  /**
   * Ranges of the same tokens.
   *
   * @param bytes estimated bytes of all of them
   * @param pageBytes bytes of a page, more than 0
   * @param places ranges that are read at the same time, at least 1
   */
  public static List<RingRange> cut(
      List<RingRange> ranges, long bytes, long pageBytes, int places) {
    double pages = bytes / (double) pageBytes;
    int wanted = (int) Math.min((double) places * RANGES_PER_PLACE, pages / PAGES_PER_RANGE);
    if (wanted <= 1) {
      return ranges;
    }
    BigInteger total =
        ranges.stream().map(RingRange::size).reduce(BigInteger.ZERO, BigInteger::add);
    BigInteger part = total.divide(BigInteger.valueOf(wanted)).max(BigInteger.ONE);
    List<RingRange> pieces = new ArrayList<>(wanted + ranges.size());
    for (RingRange range : ranges) {
      int parts = range.size().add(part.shiftRight(1)).divide(part).intValue();
      pieces.addAll(range.split(Math.max(1, parts)));
    }
    return pieces;
  }
}
