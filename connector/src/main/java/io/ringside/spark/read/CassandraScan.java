// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read;

import io.ringside.spark.metric.ReadMetrics;
import io.ringside.spark.metric.SizeSource;
import io.ringside.spark.predicate.PredicateText;
import io.ringside.spark.predicate.Pushdown;
import io.ringside.spark.predicate.Refusal;
import io.ringside.spark.read.plan.RingSnapshot;
import io.ringside.spark.ring.RangeEstimate;
import io.ringside.spark.ring.RingRange;
import io.ringside.spark.schema.ColumnSpec;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;
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
  /** What a value of no fixed width is guessed to take in the table's bytes. */
  private static final int GUESSED_CELL_BYTES = 24;

  private final ScanPlan plan;
  private final Pushdown pushdown;
  private final List<Refusal> refusals;
  private final RingSnapshot snapshot;
  private final @Nullable RuntimeKeys runtimeKeys;
  private Pushdown atRuntime;
  private int splits;

  /**
   * A scan.
   *
   * @param refusals what Spark evaluates of the query, for EXPLAIN
   * @param runtimeKeys null when keys that become known while the query runs are of no use
   */
  CassandraScan(
      ScanPlan plan,
      Pushdown pushdown,
      List<Refusal> refusals,
      RingSnapshot snapshot,
      @Nullable RuntimeKeys runtimeKeys) {
    this.refusals = List.copyOf(refusals);
    this.plan = plan;
    this.pushdown = pushdown;
    this.snapshot = snapshot;
    this.runtimeKeys = runtimeKeys;
    this.atRuntime = pushdown;
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
    return text.append(", sizes: ").append(snapshot.source().label()).toString();
  }

  @Override
  public ColumnarSupportMode columnarSupportMode() {
    return ColumnarSupportMode.SUPPORTED;
  }

  @Override
  public Batch toBatch() {
    return new CassandraBatch(plan, atRuntime, snapshot, count -> splits = count);
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
    if (narrower.empty() || (narrower.key() != null && snapshot.lookUpsCostLess(narrower.keys()))) {
      // The text has the restrictions that the query was planned with; keys come on top.
      atRuntime = pushdown.by(narrower.access());
    }
  }

  @Override
  public CustomMetric[] supportedCustomMetrics() {
    return ReadMetrics.all();
  }

  @Override
  public CustomTaskMetric[] reportDriverMetrics() {
    return ReadMetrics.ofDriver(splits, snapshot.source());
  }

  /** The bytes of the partitions and columns that the scan reads, and its rows where known. */
  @Override
  public Statistics estimateStatistics() {
    double all = 0;
    double read = 0;
    for (ColumnSpec column : plan.table().columns()) {
      int width = column.fixedWidth() > 0 ? column.fixedWidth() : GUESSED_CELL_BYTES;
      all += width;
      read += plan.columns().contains(column) ? width : 0;
    }
    double bytes =
        pushdown.key() == null
            ? scanned(RangeEstimate::bytes)
            : pushdown.keys() * snapshot.partitionBytes();
    boolean known = snapshot.source() != SizeSource.NONE;
    long size = pushdown.empty() ? 0 : (long) Math.ceil(bytes * read / all);
    return known
        ? new Estimate(OptionalLong.of(size), rows())
        : new Estimate(OptionalLong.empty(), OptionalLong.empty());
  }

  /**
   * Cassandra estimates partitions, not rows: where there are no clustering columns they are the
   * same, and elsewhere a guess would mislead Spark's optimizer more than nothing.
   */
  private OptionalLong rows() {
    if (pushdown.empty()) {
      return OptionalLong.of(0);
    }
    boolean counted = plan.table().clusteringColumns().isEmpty() && !plan.aggregates();
    if (!counted || !pushdown.restrictions().isEmpty()) {
      return OptionalLong.empty();
    }
    double rows = pushdown.key() == null ? scanned(RangeEstimate::partitions) : pushdown.keys();
    return OptionalLong.of((long) Math.ceil(rows));
  }

  /** What the scanned part of the ring has of something. */
  private double scanned(ToDoubleFunction<RangeEstimate> of) {
    List<RingRange> tokens = pushdown.tokens();
    return (tokens == null ? List.of(snapshot.partitioner().fullRing()) : tokens)
        .stream().mapToDouble(range -> of.applyAsDouble(snapshot.density().at(range))).sum();
  }

  private record Estimate(OptionalLong sizeInBytes, OptionalLong numRows) implements Statistics {}

  @Override
  public boolean equals(Object other) {
    return other instanceof CassandraScan scan
        && plan.equals(scan.plan)
        && pushdown.equals(scan.pushdown);
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
