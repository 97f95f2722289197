// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read;

import io.ringside.spark.config.ReadConfig;
import io.ringside.spark.metric.ReadTaskMetrics;
import io.ringside.spark.ring.Partitioner;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.session.Coordinators;
import io.ringside.spark.session.SessionLease;
import io.ringside.spark.session.Sessions;
import io.ringside.spark.types.CellVector;
import io.ringside.spark.types.CellVectors;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Makes the reader of a task. Made on the driver, sent to executors. */
final class PageReaderFactory implements PartitionReaderFactory {
  private static final long serialVersionUID = 1L;

  /** The length in front of each cell on the wire. */
  private static final int CELL_HEADER_BYTES = 4;

  /** A page takes no less in the driver, however few rows it has. */
  private static final long LEAST_PAGE_BYTES = 4096;

  private final ScanPlan plan;
  private final Partitioner partitioner;

  PageReaderFactory(ScanPlan plan, Partitioner partitioner) {
    this.plan = plan;
    this.partitioner = partitioner;
  }

  @Override
  public boolean supportColumnarReads(InputPartition partition) {
    return true;
  }

  @Override
  public PartitionReader<ColumnarBatch> createColumnarReader(InputPartition partition) {
    CassandraInputPartition split = (CassandraInputPartition) partition;
    boolean byKey = split.targets().get(0) instanceof ScanTarget.OfPartition;
    CellVector[] vectors = vectors();
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
              limits(byKey),
              sizer(),
              metrics);
      return new PageReader(lease, scan, vectors, metrics);
    } catch (RuntimeException | Error e) {
      lease.close();
      throw e;
    }
  }

  private ScanLimits limits(boolean byKey) {
    ReadConfig read = plan.read();
    long partition = Math.max(LEAST_PAGE_BYTES, (long) plan.partitionBytes());
    return new ScanLimits(
        byKey ? read.keysInFlight() : read.rangesInFlight(),
        byKey ? Math.min(read.pageBytes(), partition) : read.pageBytes(),
        read.bufferBytes(),
        read.retryTime().toMillis(),
        plan.limit(),
        plan.readsMoreThanItAnswers());
  }

  @Override
  public PartitionReader<InternalRow> createReader(InputPartition partition) {
    throw new UnsupportedOperationException("All reads are columnar.");
  }

  private CellVector[] vectors() {
    StructType schema = plan.readSchema();
    CellVector[] vectors = new CellVector[schema.fields().length];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = CellVectors.of(plan.columns().get(i), schema.fields()[i].dataType());
    }
    return vectors;
  }

  private PageSizer sizer() {
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
