// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read;

import io.ringside.spark.metric.ReadMetrics;
import io.ringside.spark.metric.SizeSource;
import io.ringside.spark.predicate.PredicateText;
import io.ringside.spark.predicate.Pushdown;
import io.ringside.spark.predicate.Refusal;
import io.ringside.spark.read.plan.LookupCost;
import io.ringside.spark.read.plan.Split;
import io.ringside.spark.read.plan.SplitPlan;
import io.ringside.spark.read.plan.SplitRequest;
import io.ringside.spark.read.plan.TableFacts;
import io.ringside.spark.read.plan.TableSizes;
import io.ringside.spark.ring.ReplicaRange;
import io.ringside.spark.ring.RingRange;
import java.util.List;
import java.util.function.IntSupplier;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.connector.read.SupportsRuntimeV2Filtering;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * What one query reads of one table. Equal scans read the same with the same options, so Spark may
 * run one of them and use its result twice. Driver only.
 */
final class CassandraScan implements Scan, SupportsReportStatistics, SupportsRuntimeV2Filtering {
  private final ScanPlan plan;
  private final Pushdown pushdown;
  private final List<Refusal> refusals;
  private final TableFacts facts;
  private final @Nullable RuntimeKeys runtimeKeys;
  private final SplitRequest request;
  private final IntSupplier parallelism;
  private volatile SplitPlan splits;

  /**
   * A scan.
   *
   * @param refusals what Spark evaluates of the query, for EXPLAIN
   * @param runtimeKeys null when keys that become known while the query runs are of no use
   */
  CassandraScan(
      ScanPlan plan,
      SplitRequest request,
      List<Refusal> refusals,
      TableFacts facts,
      @Nullable RuntimeKeys runtimeKeys) {
    this.refusals = List.copyOf(refusals);
    this.plan = plan;
    this.pushdown = request.pushdown();
    this.facts = facts;
    this.runtimeKeys = runtimeKeys;
    this.request = request;
    this.parallelism = SparkSession.active().sparkContext()::defaultParallelism;
    this.splits = new SplitPlan(request, facts, parallelism);
  }

  /** What the query's predicates and others that join them while it runs come to. */
  @FunctionalInterface
  interface RuntimeKeys {
    Pushdown with(List<Predicate> more);
  }

  @Override
  public StructType readSchema() {
    return plan.readSchema();
  }

  @Override
  public String description() {
    boolean byKey = pushdown.key() != null;
    StringBuilder text =
        new StringBuilder("Cassandra ").append(plan.table().displayName()).append(", CQL: ");
    text.append(byKey ? plan.query().partition() : plan.query().tokenRange());
    if (pushdown.empty()) {
      text.append(", no row can satisfy the predicates");
    } else if (byKey) {
      text.append(", keys: ").append(pushdown.keys());
    }
    text.append(", pushed: ").append(PredicateText.of(pushdown.pushed()));
    text.append(", residual: ").append(PredicateText.of(pushdown.residual()));
    if (!refusals.isEmpty()) {
      text.append(", not pushed: ").append(Refusal.text(refusals));
    }
    if (plan.limit() > 0) {
      text.append(", limit: ").append(plan.limit());
    }
    return text.append(", sizes: ").append(sizeSource().label()).toString();
  }

  private SizeSource sizeSource() {
    boolean scansRing = pushdown.key() == null && !pushdown.empty();
    TableSizes sizes = scansRing ? facts.sizes() : facts.knownSizes();
    return sizes == null ? SizeSource.NOT_ASKED : sizes.source();
  }

  @Override
  public ColumnarSupportMode columnarSupportMode() {
    return ColumnarSupportMode.SUPPORTED;
  }

  @Override
  public Batch toBatch() {
    return new CassandraBatch(plan, splits);
  }

  /** The parts that tasks read; made once, and anew only when keys become known at run time. */
  List<Split> splits() {
    return splits.splits();
  }

  /** The partition key, when knowing it would save a scan of the ring. */
  @Override
  public NamedReference[] filterAttributes() {
    if (runtimeKeys == null) {
      return new NamedReference[0];
    }
    List<String> read = List.of(plan.readSchema().fieldNames());
    return plan.table().partitionKey().stream()
        .filter(column -> read.contains(column.name()))
        .map(column -> Expressions.column(column.sparkReference()))
        .toArray(NamedReference[]::new);
  }

  /**
   * Looks up keys where they are few for the table; else the scan of the ring stays, which is right
   * too, as the join filters anyway.
   */
  @Override
  public void filter(Predicate[] predicates) {
    if (runtimeKeys == null) {
      return;
    }
    Pushdown narrower = runtimeKeys.with(List.of(predicates));
    if (narrower.empty()
        || (narrower.key() != null && LookupCost.isLess(narrower.keys(), facts.sizes()))) {
      // The text has the restrictions that the query was planned with; keys come on top.
      Pushdown atRuntime = pushdown.by(narrower.access());
      splits =
          new SplitPlan(
              new SplitRequest(atRuntime, request.config(), request.form()), facts, parallelism);
    }
  }

  @Override
  public CustomMetric[] supportedCustomMetrics() {
    return ReadMetrics.all();
  }

  @Override
  public CustomTaskMetric[] reportDriverMetrics() {
    return ReadMetrics.ofDriver(splits().size(), sizeSource());
  }

  /** The bytes of the partitions and columns that the scan reads, and its rows, where known. */
  @Override
  public Statistics estimateStatistics() {
    if (pushdown.empty() || pushdown.key() != null) {
      return ScanStatistics.of(plan, pushdown, List.of(), facts.knownSizes());
    }
    List<RingRange> ranges =
        facts.layout().within(plan.read().split().tokenRanges(), pushdown.tokens()).stream()
            .map(ReplicaRange::range)
            .toList();
    return ScanStatistics.of(plan, pushdown, ranges, facts.sizes());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CassandraScan scan
        && plan.equals(scan.plan)
        && request.equals(scan.request);
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
