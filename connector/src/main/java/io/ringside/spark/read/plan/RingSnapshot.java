// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.plan;

import com.datastax.oss.driver.api.core.CqlSession;
import io.ringside.spark.cluster.ClusterMetadata;
import io.ringside.spark.cluster.SizeEstimateReader;
import io.ringside.spark.cluster.TableSampler;
import io.ringside.spark.config.ConnectionConfig;
import io.ringside.spark.config.TokenInterval;
import io.ringside.spark.cql.CqlValue;
import io.ringside.spark.metric.SizeSource;
import io.ringside.spark.ring.Partitioner;
import io.ringside.spark.ring.RangeEstimate;
import io.ringside.spark.ring.ReplicaRange;
import io.ringside.spark.ring.RingDensity;
import io.ringside.spark.ring.RingRange;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.session.SessionLease;
import io.ringside.spark.session.Sessions;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The ring and where on it the table's bytes lie, as they were at one moment: everything of one
 * scan is planned from the same. Driver only.
 *
 * @param ring the whole ring along the ring, with its owners in the local data centre
 */
public record RingSnapshot(
    Partitioner partitioner, List<ReplicaRange> ring, RingDensity density, SizeSource source) {
  private static final long FEW_KEYS = 1000;
  private static final double LOOK_UP_BYTES = 700;
  private static final double PARTITION_BYTES = 70;

  /**
   * Asks the cluster.
   *
   * @param sizeHint bytes of the table for when Cassandra has no estimates, or null
   */
  public static RingSnapshot of(
      TableSpec table, ConnectionConfig connection, @Nullable Long sizeHint) {
    try (SessionLease lease = Sessions.lease(connection, table.keyspace())) {
      CqlSession session = lease.session();
      ClusterMetadata cluster = new ClusterMetadata(session);
      Partitioner partitioner = cluster.partitioner();
      List<ReplicaRange> ring = cluster.ring(table.keyspace());
      List<RangeEstimate> estimates =
          new SizeEstimateReader(session).estimates(table.keyspace(), table.table());
      // A table that was never flushed has estimates too, all of nothing.
      if (estimates.stream().anyMatch(estimate -> estimate.bytes() > 0)) {
        return new RingSnapshot(
            partitioner, ring, RingDensity.of(partitioner, estimates), SizeSource.ESTIMATES);
      }
      if (sizeHint != null) {
        return new RingSnapshot(
            partitioner,
            ring,
            RingDensity.uniform(partitioner, (double) sizeHint),
            SizeSource.HINT);
      }
      List<RangeEstimate> sample = new TableSampler(session).estimates(table, partitioner);
      return new RingSnapshot(
          partitioner,
          ring,
          RingDensity.of(partitioner, sample),
          sample.isEmpty() ? SizeSource.NONE : SizeSource.SAMPLE);
    }
  }

  /** The parts of the ring within these intervals; all of it when there are none. */
  public List<ReplicaRange> ring(List<TokenInterval> intervals) {
    if (intervals.isEmpty()) {
      return ring;
    }
    List<RingRange> wanted =
        RingRange.merge(
            intervals.stream().map(part -> new RingRange(part.start(), part.end())).toList());
    return within(ring, wanted);
  }

  /** The parts of ranges of a ring that lie within others. */
  public static List<ReplicaRange> within(List<ReplicaRange> ring, List<RingRange> wanted) {
    List<ReplicaRange> within = new ArrayList<>();
    for (ReplicaRange range : ring) {
      for (RingRange part : wanted) {
        RingRange both = range.range().intersection(part);
        if (both != null) {
          within.add(new ReplicaRange(both, range.replicas()));
        }
      }
    }
    return within;
  }

  /**
   * Whether so many look-ups by key read the table's partitions in less time than a scan of all.
   *
   * <p>A look-up is a request of its own, which takes as long as a scan takes to read so many bytes
   * more, and a scan has some work with each partition too; both as measured with one client and
   * one server. Of a table of unknown size a few are looked up.
   */
  public boolean lookUpsCostLess(long keys) {
    double partitions = density.totalPartitions();
    if (partitions <= 0) {
      return keys <= FEW_KEYS;
    }
    double bytes = partitionBytes();
    return keys * (bytes + LOOK_UP_BYTES) <= partitions * (bytes + PARTITION_BYTES);
  }

  /** Mean bytes of a partition, 0 when unknown. */
  public double partitionBytes() {
    double partitions = density.totalPartitions();
    return partitions > 0 ? density.totalBytes() / partitions : 0;
  }

  /** Runs work that needs the tokens of keys. */
  public static <T> T withTokens(
      ConnectionConfig connection, Function<Function<List<CqlValue>, BigInteger>, T> work) {
    try (SessionLease lease = Sessions.lease(connection)) {
      ClusterMetadata cluster = new ClusterMetadata(lease.session());
      return work.apply(key -> cluster.token(key.stream().map(CqlValue::buffer).toList()));
    }
  }
}
