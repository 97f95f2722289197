// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cluster;

import io.ringside.spark.ring.RangeEstimate;
import io.ringside.spark.ring.RingRange;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;

/**
 * The first rows of a token range, and what they say about all of it. Pure. Driver only.
 *
 * @param tokens of the rows' partitions, in the order of the rows
 * @param bytes of the rows
 * @param extent how much of the range the rows are
 */
record RangeSample(RingRange range, List<BigInteger> tokens, double bytes, Extent extent) {
  /** How much of a range its first rows are. */
  enum Extent {
    /** The range has no other rows. */
    ALL,
    /** There are others, of other partitions. */
    WHOLE_PARTITIONS,
    /** There are others, perhaps of the last partition too. */
    CUT_PARTITION
  }

  /** Bytes and partitions of the whole range, if what was not read is as what was. */
  RangeEstimate estimate() {
    if (tokens.isEmpty()) {
      return new RangeEstimate(range, 0, 0);
    }
    int rows = isCutOff() ? tokens.size() : rowsOfWholePartitions();
    double part = bytes * rows / tokens.size();
    double partitions = new HashSet<>(tokens.subList(0, rows)).size();
    double covered = tokens.get(rows - 1).subtract(range.start()).doubleValue();
    double factor = extent == Extent.ALL || covered <= 0 ? 1 : range.size().doubleValue() / covered;
    return new RangeEstimate(range, part * factor, partitions * factor);
  }

  /** Whether most of the rows are of a partition that may have many more. */
  boolean isCutOff() {
    return extent == Extent.CUT_PARTITION && rowsOfWholePartitions() * 2 < tokens.size();
  }

  private int rowsOfWholePartitions() {
    return extent == Extent.CUT_PARTITION
        ? tokens.indexOf(tokens.get(tokens.size() - 1))
        : tokens.size();
  }
}
