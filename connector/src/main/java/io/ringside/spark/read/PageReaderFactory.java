// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read;

import io.ringside.spark.config.RateLimit;
import io.ringside.spark.config.ReadConfig;
import io.ringside.spark.metric.ReadTaskMetrics;
import io.ringside.spark.ring.Partitioner;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.session.Coordinators;
import io.ringside.spark.session.SessionLease;
import io.ringside.spark.session.Sessions;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.jspecify.annotations.Nullable;

/** Makes the reader of a task. Made on the driver, sent to executors. */
final class PageReaderFactory implements PartitionReaderFactory {
  private static final long serialVersionUID = 1L;

  /** The length in front of each cell on the wire. */
  private static final int CELL_HEADER_BYTES = 4;

  /** A page takes no less in the driver, however few rows it has. */
  private static final long LEAST_PAGE_BYTES = 4096;

  private final ScanPlan plan;
  private final Partitioner partitioner;
  private final @Nullable RateLimit rate;

  /**
   * Readers of a plan's tasks.
   *
   * @param rate each task's part of the scan's rate limit, or null
   */
  PageReaderFactory(ScanPlan plan, Partitioner partitioner, @Nullable RateLimit rate) {
    this.plan = plan;
    this.partitioner = partitioner;
    this.rate = rate;
  }

  @Override
  public boolean supportColumnarReads(InputPartition partition) {
    return true;
  }

  @Override
  public PartitionReader<ColumnarBatch> createColumnarReader(InputPartition partition) {
    CassandraInputPartition split = (CassandraInputPartition) partition;
    boolean byKey = split.targets().get(0) instanceof ScanTarget.OfPartition;
    BatchVectors vectors = BatchVectors.of(plan);
    ReadTaskMetrics metrics = new ReadTaskMetrics();
    SessionLease lease = Sessions.lease(plan.connection(), plan.table().keyspace());
    try {
      Coordinators coordinators =
          new Coordinators(lease.session(), plan.table().keyspace(), split.replicas());
      TargetScan scan =
          new TargetScan(
              plan.table().displayName(),
              split.targets(),
              new SessionPageSource(lease.session(), plan, partitioner, coordinators, byKey),
              limits(byKey, split.targets().size()),
              sizer(),
              metrics);
      return plan.total()
          ? new CountReader(lease, scan, vectors, metrics)
          : new PageReader(lease, scan, vectors, metrics);
    } catch (RuntimeException | Error e) {
      lease.close();
      throw e;
    }
  }

  private ScanLimits limits(boolean byKey, int targets) {
    ReadConfig read = plan.read();
    int inFlight = byKey ? read.keysInFlight() : read.rangesInFlight();
    long pageBytes = read.pageBytes();
    if (plan.total()) {
      int places = Math.max(inFlight, targets / ScanPlanner.RANGES_PER_PLACE);
      inFlight = Math.min(places, inFlight * ScanPlan.MOST_SPLITS_OF_TOTAL);
      pageBytes = LEAST_PAGE_BYTES;
    } else if (byKey) {
      long partition = Math.max(LEAST_PAGE_BYTES, (long) plan.partitionBytes());
      pageBytes = Math.min(pageBytes, partition);
    }
    return new ScanLimits(
        inFlight,
        pageBytes,
        read.bufferBytes(),
        read.retryTime().toMillis(),
        plan.limit(),
        plan.readsMoreThanItAnswers(),
        rate);
  }

  @Override
  public PartitionReader<InternalRow> createReader(InputPartition partition) {
    throw new UnsupportedOperationException("All reads are columnar.");
  }

  private PageSizer sizer() {
    if (plan.aggregates()) {
      return PageSizer.ofAggregates(plan.read().pageBytes());
    }
    long rowBytes = 0;
    for (ColumnSpec column : plan.columns()) {
      int width = column.fixedWidth();
      if (width == 0) {
        return PageSizer.ofUnknownRows(
            plan.read().pageBytes(), plan.partitionBytes(), plan.limit());
      }
      rowBytes += CELL_HEADER_BYTES + width;
    }
    return PageSizer.ofKnownRows(plan.read().pageBytes(), rowBytes, plan.limit());
  }
}
