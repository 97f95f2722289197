// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.plan;

import io.ringside.spark.cluster.SizeReport;
import io.ringside.spark.metric.SizeSource;
import io.ringside.spark.ring.RingDensity;
import java.util.Map;

/**
 * Where on the ring a table's bytes lie, and who says so. Pure data. Driver only.
 *
 * @param cellBytes mean bytes of each column's cells; empty when unknown
 * @param bound how far the bytes may be trusted
 */
public record TableSizes(
    RingDensity density, SizeSource source, Map<String, Double> cellBytes, SizeReport.Bound bound) {
  /** Copies the map. */
  public TableSizes {
    cellBytes = Map.copyOf(cellBytes);
  }

  /** Mean bytes of a partition, 0 when unknown. */
  public double partitionBytes() {
    double partitions = density.totalPartitions();
    return partitions > 0 ? density.totalBytes() / partitions : 0;
  }
}
