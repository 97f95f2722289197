// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read;

import com.datastax.oss.driver.api.core.CqlSession;
import io.ringside.spark.config.ConnectionConfig;
import io.ringside.spark.ring.Partitioner;
import io.ringside.spark.ring.RangeEstimate;
import io.ringside.spark.ring.ReplicaRange;
import io.ringside.spark.ring.RingDensity;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.session.ClusterMetadata;
import io.ringside.spark.session.SessionLease;
import io.ringside.spark.session.Sessions;
import io.ringside.spark.session.SizeEstimateReader;
import java.util.List;

/**
 * The ring and where on it the table's bytes lie, as they were at one moment: everything of one
 * scan is planned from the same. Driver only.
 *
 * @param ring the whole ring, with its owners in the local data centre
 * @param estimated whether Cassandra gave estimates; without them all counts as one small split
 */
record RingSnapshot(
    Partitioner partitioner, List<ReplicaRange> ring, RingDensity density, boolean estimated) {

  /** Asks the cluster. */
  static RingSnapshot of(TableSpec table, ConnectionConfig connection) {
    try (SessionLease lease = Sessions.lease(connection)) {
      CqlSession session = lease.session();
      ClusterMetadata cluster = new ClusterMetadata(session);
      List<RangeEstimate> estimates =
          new SizeEstimateReader(session).estimates(table.keyspace(), table.table());
      Partitioner partitioner = cluster.partitioner();
      return new RingSnapshot(
          partitioner,
          cluster.ring(table.keyspace()),
          RingDensity.of(partitioner, estimates),
          !estimates.isEmpty());
    }
  }
}
