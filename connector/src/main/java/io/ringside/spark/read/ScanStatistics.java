// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read;

import io.ringside.spark.cluster.SizeReport;
import io.ringside.spark.metric.SizeSource;
import io.ringside.spark.predicate.Pushdown;
import io.ringside.spark.read.plan.TableSizes;
import io.ringside.spark.ring.RangeEstimate;
import io.ringside.spark.ring.RingRange;
import io.ringside.spark.schema.ColumnSpec;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.connector.read.Statistics;
import org.jspecify.annotations.Nullable;

/**
 * The bytes and rows that a scan reads, for Spark's optimizer. A figure that may be far off is
 * withheld, because a wrong one misleads the optimizer more than none. Driver only.
 */
record ScanStatistics(OptionalLong sizeInBytes, OptionalLong numRows) implements Statistics {
  /** What a value of no fixed width is guessed to take where nobody has measured it. */
  private static final int GUESSED_CELL_BYTES = 24;

  private static final ScanStatistics UNKNOWN =
      new ScanStatistics(OptionalLong.empty(), OptionalLong.empty());

  /**
   * The statistics of a scan.
   *
   * @param ranges the part of the ring that a scan reads
   * @param sizes of the table, or null when the cluster was not asked
   */
  static ScanStatistics of(
      ScanPlan plan, Pushdown pushdown, List<RingRange> ranges, @Nullable TableSizes sizes) {
    if (pushdown.empty()) {
      return new ScanStatistics(OptionalLong.of(0), OptionalLong.of(0));
    }
    TableSizes near = sizes != null && isNear(sizes) ? sizes : null;
    if (pushdown.key() != null) {
      return ofKeys(plan, pushdown, near);
    }
    return near == null ? UNKNOWN : ofRing(plan, pushdown, ranges, near);
  }

  private static boolean isNear(TableSizes sizes) {
    return sizes.source() != SizeSource.NONE && sizes.bound() == SizeReport.Bound.NEAR;
  }

  private static ScanStatistics ofKeys(
      ScanPlan plan, Pushdown pushdown, @Nullable TableSizes sizes) {
    if (plan.table().clusteringColumns().isEmpty()) {
      double bytes = pushdown.keys() * width(plan.columns(), sizes);
      return new ScanStatistics(round(bytes), rows(plan, pushdown, (double) pushdown.keys()));
    }
    return sizes == null
        ? UNKNOWN
        : new ScanStatistics(
            round(pushdown.keys() * sizes.partitionBytes() * share(plan, sizes)),
            OptionalLong.empty());
  }

  private static ScanStatistics ofRing(
      ScanPlan plan, Pushdown pushdown, List<RingRange> ranges, TableSizes sizes) {
    double bytes = sum(ranges, sizes, RangeEstimate::bytes) * share(plan, sizes);
    return new ScanStatistics(
        round(bytes), rows(plan, pushdown, sum(ranges, sizes, RangeEstimate::partitions)));
  }

  /** Partitions are rows where there are no clustering columns; elsewhere rows are not known. */
  private static OptionalLong rows(ScanPlan plan, Pushdown pushdown, double partitions) {
    boolean counted =
        plan.table().clusteringColumns().isEmpty()
            && !plan.aggregates()
            && pushdown.restrictions().isEmpty();
    return counted ? round(partitions) : OptionalLong.empty();
  }

  private static OptionalLong round(double number) {
    return OptionalLong.of((long) Math.ceil(number));
  }

  private static double sum(
      List<RingRange> ranges, TableSizes sizes, ToDoubleFunction<RangeEstimate> of) {
    return ranges.stream().mapToDouble(range -> of.applyAsDouble(sizes.density().at(range))).sum();
  }

  /** What the scan's columns are of all columns, by bytes. */
  private static double share(ScanPlan plan, TableSizes sizes) {
    double all = width(plan.table().columns(), sizes);
    return all > 0 ? width(plan.columns(), sizes) / all : 1;
  }

  private static double width(List<ColumnSpec> columns, @Nullable TableSizes sizes) {
    double width = 0;
    for (ColumnSpec column : columns) {
      double guess = column.fixedWidth() > 0 ? column.fixedWidth() : GUESSED_CELL_BYTES;
      width += sizes == null ? guess : sizes.cellBytes().getOrDefault(column.name(), guess);
    }
    return width;
  }
}
