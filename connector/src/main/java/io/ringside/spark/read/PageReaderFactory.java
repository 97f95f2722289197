// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read;

import com.datastax.oss.driver.api.core.CqlSession;
import io.ringside.spark.cluster.TableIdentity;
import io.ringside.spark.config.FetchConfig;
import io.ringside.spark.config.RateLimit;
import io.ringside.spark.config.ReadConfig;
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
import io.ringside.spark.read.fetch.TruncationCheck;
import io.ringside.spark.read.plan.CountSplit;
import io.ringside.spark.read.plan.KeySplit;
import io.ringside.spark.read.plan.NeutralSplit;
import io.ringside.spark.read.plan.RangeSplit;
import io.ringside.spark.read.plan.Split;
import io.ringside.spark.ring.Partitioner;
import io.ringside.spark.ring.RingRange;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.session.SessionLease;
import io.ringside.spark.session.Sessions;
import io.ringside.spark.session.frame.AnswerRows;
import io.ringside.spark.types.vector.EncodedRows;
import java.time.Instant;
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

  private final ScanPlan plan;
  private final Partitioner partitioner;
  private final double partitionBytes;
  private final @Nullable RateLimit rate;

  /**
   * Readers of a plan's tasks.
   *
   * @param partitionBytes mean bytes of a partition, 0 when unknown
   * @param rate each task's part of the scan's rate limit, or null
   */
  PageReaderFactory(
      ScanPlan plan, Partitioner partitioner, double partitionBytes, @Nullable RateLimit rate) {
    this.plan = plan;
    this.partitioner = partitioner;
    this.partitionBytes = partitionBytes;
    this.rate = rate;
  }

  @Override
  public boolean supportColumnarReads(InputPartition partition) {
    return true;
  }

  @Override
  public PartitionReader<ColumnarBatch> createColumnarReader(InputPartition partition) {
    Split split = (Split) partition;
    BatchVectors vectors = BatchVectors.of(plan.table(), plan.columns(), plan.readSchema());
    if (split instanceof NeutralSplit) {
      return new NeutralReader(plan.query().selections(), vectors);
    }
    ReadTaskMetrics metrics = new ReadTaskMetrics();
    SessionLease lease = Sessions.lease(plan.connection(), plan.table().keyspace());
    try {
      checkIdentity(lease);
      Coordinators coordinators =
          new Coordinators(lease.session(), plan.table().keyspace(), split.replicas());
      List<ScanTarget> targets = targets(split);
      Runnable atEnd = atEnd(split, targets, lease, coordinators);
      TargetScan scan = scan(split, targets, lease, coordinators, metrics);
      return split instanceof CountSplit
          ? new CountReader(lease::close, scan, vectors, metrics, atEnd)
          : new PageReader(lease::close, scan, vectors, metrics, atEnd);
    } catch (RuntimeException | Error e) {
      lease.close();
      throw e;
    }
  }

  private void checkIdentity(SessionLease lease) {
    TableIdentity.check(lease.session(), plan.table(), plan.columns(), action());
  }

  private String action() {
    return "read " + plan.table().displayName();
  }

  /**
   * Notices rows that a truncation has removed since the task began. Lookups take too little time
   * to need it.
   */
  private Runnable atEnd(
      Split split, List<ScanTarget> targets, SessionLease lease, Coordinators coordinators) {
    Instant start = Instant.now();
    Runnable identity =
        () -> {
          checkIdentity(lease);
          TableIdentity.checkNotMadeSince(lease.session(), plan.table(), start, action());
        };
    if (split instanceof KeySplit) {
      return identity;
    }
    TruncationCheck truncation =
        new TruncationCheck(
            lease.session(),
            plan.table(),
            coordinators,
            targets.get(0).token(),
            plan.read().onTruncate());
    return () -> {
      identity.run();
      truncation.end();
    };
  }

  private TargetScan scan(
      Split split,
      List<ScanTarget> targets,
      SessionLease lease,
      Coordinators coordinators,
      ReadTaskMetrics metrics) {
    RowEvaluation evaluation =
        split instanceof KeySplit
            ? RowEvaluation.ofPartitions(plan.query())
            : RowEvaluation.ofRanges(plan.query());
    return new TargetScan(
        plan.table().displayName(),
        targets,
        new SessionPageSource(lease.session(), query(split, evaluation), partitioner, coordinators),
        limits(split),
        sizer(lease.session()),
        metrics,
        evaluation);
  }

  private FetchQuery query(Split split, @Nullable RowEvaluation evaluation) {
    return new FetchQuery(
        statement(plan.query(), split),
        null,
        evaluation == null ? null : statement(evaluation.rows(), split),
        plan.read().fetch().consistency(),
        plan.read().fetch().pageTimeout());
  }

  private static FetchStatement statement(SelectQuery query, Split split) {
    return FetchStatement.of(
        split instanceof KeySplit ? query.partition() : query.tokenRange(), query);
  }

  private List<ScanTarget> targets(Split split) {
    if (split instanceof KeySplit keys) {
      return keys.keys().stream()
          .map(key -> (ScanTarget) new ScanTarget.OfPartition(key.values(), key.token()))
          .toList();
    }
    List<RingRange> ranges =
        split instanceof CountSplit count ? count.ranges() : ((RangeSplit) split).ranges();
    return RangeCut.cut(ranges, split.bytes(), plan.read().fetch().pageBytes(), places(split))
        .stream()
        .map(range -> (ScanTarget) new ScanTarget.OfRange(range))
        .toList();
  }

  /** One task that counts a whole table does as much at a time as the table's tasks would. */
  private int places(Split split) {
    ReadConfig read = plan.read();
    if (split instanceof KeySplit) {
      return read.fetch().keysInFlight();
    }
    long tasks = split instanceof CountSplit ? 1 + split.bytes() / read.split().splitBytes() : 1;
    return read.fetch().rangesInFlight() * (int) Math.min(tasks, CountSplit.MOST_SPLITS);
  }

  private ScanLimits limits(Split split) {
    FetchConfig fetch = plan.read().fetch();
    return new ScanLimits(
        places(split),
        fetch.bufferBytes(),
        fetch.retryTime().toMillis(),
        plan.limit(),
        plan.readsMoreThanItAnswers(),
        fetch.hedging(),
        rate);
  }

  @Override
  public PartitionReader<InternalRow> createReader(InputPartition partition) {
    throw new UnsupportedOperationException("All reads are columnar.");
  }

  private PageSizer sizer(CqlSession session) {
    PageBounds bounds =
        PageBounds.of(
            plan.read().fetch(),
            AnswerRows.heapOfRow(session, plan.columns().size()),
            plan.limit());
    return plan.aggregates()
        ? PageSizer.ofAggregates(bounds, aggregatedRowBytes())
        : PageSizer.ofRows(bounds, plan.columns(), partitionBytes);
  }

  /** What a server reads of each row to aggregate it, 0 when unknown. */
  private double aggregatedRowBytes() {
    long bytes = 1;
    for (Selection selection : plan.query().selections()) {
      ColumnSpec column =
          selection.column() == null ? null : plan.table().column(selection.column());
      if (column != null && column.fixedWidth() == 0) {
        return partitionBytes;
      }
      bytes += column == null ? 0 : EncodedRows.HEADER_BYTES + column.fixedWidth();
    }
    return bytes;
  }
}
