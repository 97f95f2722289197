// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read;

import io.ringside.spark.metric.ReadMetrics;
import io.ringside.spark.schema.ColumnSpec;
import java.util.OptionalLong;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * What one query reads of one table. Equal scans read the same with the same options, so Spark may
 * run one of them and use its result twice. Driver only.
 */
final class CassandraScan implements Scan, SupportsReportStatistics {
  /** What Cassandra keeps for each row besides its cells, roughly. */
  private static final int GUESSED_CELL_BYTES = 24;

  private final ScanPlan plan;
  private @Nullable RingSnapshot snapshot;

  CassandraScan(ScanPlan plan) {
    this.plan = plan;
  }

  @Override
  public StructType readSchema() {
    return plan.readSchema();
  }

  @Override
  public String description() {
    return "Cassandra " + plan.table().displayName() + ", CQL: " + plan.cql();
  }

  @Override
  public ColumnarSupportMode columnarSupportMode() {
    return ColumnarSupportMode.SUPPORTED;
  }

  @Override
  public Batch toBatch() {
    return new CassandraBatch(plan, snapshot());
  }

  @Override
  public CustomMetric[] supportedCustomMetrics() {
    return ReadMetrics.all();
  }

  /**
   * The bytes of the table's columns that the scan reads; unknown without Cassandra's estimates.
   */
  @Override
  public Statistics estimateStatistics() {
    RingSnapshot now = snapshot();
    double all = 0;
    double read = 0;
    for (ColumnSpec column : plan.table().columns()) {
      int width = column.fixedWidth() > 0 ? column.fixedWidth() : GUESSED_CELL_BYTES;
      all += width;
      read += plan.columns().contains(column) ? width : 0;
    }
    double bytes = now.density().totalBytes() * read / all;
    return new Estimate(
        now.estimated() ? OptionalLong.of((long) Math.ceil(bytes)) : OptionalLong.empty());
  }

  private record Estimate(OptionalLong sizeInBytes) implements Statistics {
    @Override
    public OptionalLong numRows() {
      return OptionalLong.empty();
    }
  }

  private RingSnapshot snapshot() {
    RingSnapshot known = snapshot;
    if (known == null) {
      known = RingSnapshot.of(plan.table(), plan.connection());
      snapshot = known;
    }
    return known;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CassandraScan scan && plan.equals(scan.plan);
  }

  @Override
  public int hashCode() {
    return plan.hashCode();
  }

  @Override
  public String toString() {
    return description();
  }
}
