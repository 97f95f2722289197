// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read;

import io.ringside.spark.config.RateLimit;
import io.ringside.spark.config.ReadConfig;
import io.ringside.spark.cql.Restriction;
import io.ringside.spark.cql.SelectQuery;
import io.ringside.spark.cql.Selection;
import io.ringside.spark.metric.ReadTaskMetrics;
import io.ringside.spark.read.fetch.BatchVectors;
import io.ringside.spark.read.fetch.Coordinators;
import io.ringside.spark.read.fetch.CountReader;
import io.ringside.spark.read.fetch.FetchQuery;
import io.ringside.spark.read.fetch.FetchStatement;
import io.ringside.spark.read.fetch.PageBounds;
import io.ringside.spark.read.fetch.PageReader;
import io.ringside.spark.read.fetch.PageSizer;
import io.ringside.spark.read.fetch.RangeCut;
import io.ringside.spark.read.fetch.RowEvaluation;
import io.ringside.spark.read.fetch.ScanLimits;
import io.ringside.spark.read.fetch.ScanTarget;
import io.ringside.spark.read.fetch.SessionPageSource;
import io.ringside.spark.read.fetch.TargetScan;
import io.ringside.spark.read.plan.CassandraInputPartition;
import io.ringside.spark.ring.Partitioner;
import io.ringside.spark.ring.RingRange;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.session.SessionLease;
import io.ringside.spark.session.Sessions;
import java.util.List;
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
    int places = byKey ? plan.read().keysInFlight() : rangesInFlight(split);
    RowEvaluation evaluation =
        byKey ? RowEvaluation.ofPartitions(plan.query()) : RowEvaluation.ofRanges(plan.query());
    BatchVectors vectors = BatchVectors.of(plan.table(), plan.columns(), plan.readSchema());
    ReadTaskMetrics metrics = new ReadTaskMetrics();
    SessionLease lease = Sessions.lease(plan.connection(), plan.table().keyspace());
    try {
      Coordinators coordinators =
          new Coordinators(lease.session(), plan.table().keyspace(), split.replicas());
      TargetScan scan =
          new TargetScan(
              plan.table().displayName(),
              byKey ? split.targets() : cut(split, places),
              new SessionPageSource(
                  lease.session(), query(byKey, evaluation), partitioner, coordinators),
              limits(places),
              sizer(),
              metrics,
              evaluation);
      return plan.total()
          ? new CountReader(lease, scan, vectors, metrics)
          : new PageReader(lease, scan, vectors, metrics);
    } catch (RuntimeException | Error e) {
      lease.close();
      throw e;
    }
  }

  private FetchQuery query(boolean byKey, @Nullable RowEvaluation evaluation) {
    return new FetchQuery(
        statement(plan.query(), byKey),
        evaluation == null ? null : statement(evaluation.rows(), byKey),
        plan.read().consistency(),
        plan.read().pageTimeout());
  }

  private static FetchStatement statement(SelectQuery query, boolean byKey) {
    return new FetchStatement(
        byKey ? query.partition() : query.tokenRange(),
        query.restrictions().stream().map(Restriction::value).toList());
  }

  /** One task that counts a whole table does as much at a time as the table's tasks would. */
  private int rangesInFlight(CassandraInputPartition split) {
    ReadConfig read = plan.read();
    long tasks = plan.total() ? 1 + split.bytes() / read.splitBytes() : 1;
    return read.rangesInFlight() * (int) Math.min(tasks, ScanPlan.MOST_SPLITS_OF_TOTAL);
  }

  private List<ScanTarget> cut(CassandraInputPartition split, int places) {
    List<RingRange> ranges =
        split.targets().stream().map(target -> ((ScanTarget.OfRange) target).range()).toList();
    return RangeCut.cut(ranges, split.bytes(), plan.read().pageBytes(), places).stream()
        .map(range -> (ScanTarget) new ScanTarget.OfRange(range))
        .toList();
  }

  private ScanLimits limits(int places) {
    ReadConfig read = plan.read();
    return new ScanLimits(
        places,
        read.bufferBytes(),
        read.retryTime().toMillis(),
        plan.limit(),
        plan.readsMoreThanItAnswers(),
        read.fetch().hedging(),
        rate);
  }

  @Override
  public PartitionReader<InternalRow> createReader(InputPartition partition) {
    throw new UnsupportedOperationException("All reads are columnar.");
  }

  private PageSizer sizer() {
    ReadConfig read = plan.read();
    PageBounds bounds =
        new PageBounds(
            Math.min(read.pageBytes(), read.fetch().pages().mostBytes()),
            read.fetch().pages().mostBytes(),
            read.bufferBytes(),
            plan.columns().size(),
            plan.limit());
    if (plan.aggregates()) {
      return PageSizer.ofAggregates(bounds, aggregatedRowBytes());
    }
    long rowBytes = 0;
    for (ColumnSpec column : plan.columns()) {
      int width = column.fixedWidth();
      if (width == 0) {
        return PageSizer.ofUnknownRows(bounds, plan.partitionBytes());
      }
      rowBytes += CELL_HEADER_BYTES + width;
    }
    return PageSizer.ofKnownRows(bounds, rowBytes);
  }

  /** What a server reads of each row to aggregate it, 0 when unknown. */
  private double aggregatedRowBytes() {
    long bytes = 1;
    for (Selection selection : plan.query().selections()) {
      ColumnSpec column =
          selection.column() == null ? null : plan.table().column(selection.column());
      if (column != null && column.fixedWidth() == 0) {
        return plan.partitionBytes();
      }
      bytes += column == null ? 0 : CELL_HEADER_BYTES + column.fixedWidth();
    }
    return bytes;
  }
}
