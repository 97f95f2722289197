// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.lookup;

import io.ringside.spark.cluster.ClusterMetadata;
import io.ringside.spark.cluster.TableIdentity;
import io.ringside.spark.config.FetchConfig;
import io.ringside.spark.cql.CqlValue;
import io.ringside.spark.cql.SelectQuery;
import io.ringside.spark.metric.ReadTaskMetrics;
import io.ringside.spark.read.fetch.Coordinators;
import io.ringside.spark.read.fetch.FetchQuery;
import io.ringside.spark.read.fetch.FetchStatement;
import io.ringside.spark.read.fetch.KeyLookups;
import io.ringside.spark.read.fetch.PageBounds;
import io.ringside.spark.read.fetch.PageSizer;
import io.ringside.spark.read.fetch.RowEvaluation;
import io.ringside.spark.read.fetch.ScanLimits;
import io.ringside.spark.read.fetch.SessionPageSource;
import io.ringside.spark.ring.Murmur3;
import io.ringside.spark.ring.Partitioner;
import io.ringside.spark.session.SessionLease;
import io.ringside.spark.session.Sessions;
import io.ringside.spark.session.frame.AnswerRows;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;

/** Joins the rows of one task of Spark. Made on the driver, sent to executors. */
final class LookupTask implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private final LookupPlan plan;

  /** Tasks of this plan. */
  LookupTask(LookupPlan plan) {
    this.plan = plan;
  }

  /** The rows of the result, which hold a session until the task ends. */
  @Override
  public Iterator<Row> call(Iterator<Row> dataset) {
    SessionLease lease = Sessions.lease(plan.connection(), plan.table().keyspace());
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> lease.close());
    TableIdentity.check(
        lease.session(),
        plan.table(),
        plan.query().columns(),
        "look up " + plan.table().displayName());
    KeyLookups lookups = lookups(lease);
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> lookups.close());
    return new LookupRows(dataset, plan, tokens(lease), lookups, AnswerCache.of(plan));
  }

  private Function<List<CqlValue>, BigInteger> tokens(SessionLease lease) {
    if (plan.partitioner() == Partitioner.MURMUR3) {
      return key -> BigInteger.valueOf(Murmur3.token(buffers(key)));
    }
    ClusterMetadata cluster = new ClusterMetadata(lease.session());
    return key -> cluster.token(buffers(key));
  }

  private static List<ByteBuffer> buffers(List<CqlValue> key) {
    List<ByteBuffer> buffers = new ArrayList<>(key.size());
    for (CqlValue value : key) {
      buffers.add(value.buffer());
    }
    return buffers;
  }

  private KeyLookups lookups(SessionLease lease) {
    FetchConfig fetch = plan.read().fetch();
    Coordinators coordinators =
        new Coordinators(lease.session(), plan.table().keyspace(), List.of());
    RowEvaluation evaluation = RowEvaluation.ofPartitions(plan.query().select());
    SelectQuery several = plan.query().ofSeveral();
    FetchQuery query =
        new FetchQuery(
            statement(plan.query().select()),
            several == null ? null : FetchStatement.of(several.partitions(), several),
            evaluation == null ? null : statement(evaluation.rows()),
            fetch.consistency(),
            fetch.pageTimeout());
    PageBounds bounds =
        PageBounds.of(
            fetch, AnswerRows.heapOfRow(lease.session(), plan.query().columns().size()), 0);
    return new KeyLookups(
        plan.table().displayName(),
        new SessionPageSource(lease.session(), query, plan.partitioner(), coordinators),
        limits(fetch),
        several == null ? KeyLookups.ONE_BY_ONE : plan.query().keyPosition(),
        PageSizer.ofRows(bounds, plan.query().columns(), plan.partitionBytes()),
        new ReadTaskMetrics(),
        evaluation);
  }

  private FetchStatement statement(SelectQuery query) {
    return FetchStatement.of(query.lookup(plan.query().clustering()), query);
  }

  private ScanLimits limits(FetchConfig fetch) {
    return new ScanLimits(
        fetch.keysInFlight(),
        fetch.bufferBytes(),
        fetch.retryTime().toMillis(),
        0,
        plan.query().select().allowFiltering(),
        fetch.hedging(),
        plan.rate());
  }
}
