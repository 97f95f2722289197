// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cluster;

import io.ringside.spark.ring.RangeEstimate;
import java.util.List;
import java.util.Map;

/**
 * What was found out about a table's size. Immutable. Driver only.
 *
 * @param ranges bytes and partitions of parts of the ring; empty when nothing is known
 * @param cellBytes mean bytes of each column's cells, nulls counted as none; empty when unknown
 * @param bound how far the bytes may be trusted
 */
public record SizeReport(List<RangeEstimate> ranges, Map<String, Double> cellBytes, Bound bound) {
  /** Nothing is known. */
  public static final SizeReport NOTHING = new SizeReport(List.of(), Map.of(), Bound.LOWEST);

  /** How far a number of bytes may be trusted. */
  public enum Bound {
    /** The true number is near. */
    NEAR,
    /** The true number may be much larger. */
    LOWEST
  }

  /** Copies the collections. */
  public SizeReport {
    ranges = List.copyOf(ranges);
    cellBytes = Map.copyOf(cellBytes);
  }

  /** Whether any range has bytes: a table that was never flushed has estimates too, of nothing. */
  public boolean isSomething() {
    return ranges.stream().anyMatch(range -> range.bytes() > 0);
  }

  /** The sum of the partitions of all ranges. */
  double partitions() {
    return ranges.stream().mapToDouble(RangeEstimate::partitions).sum();
  }

  SizeReport withCellBytes(Map<String, Double> measured) {
    return new SizeReport(ranges, measured, bound);
  }
}
