// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.plan;

import io.ringside.spark.cluster.ClusterMetadata;
import io.ringside.spark.cluster.SizeReport;
import io.ringside.spark.cluster.TableIdentity;
import io.ringside.spark.cluster.TablePermissions;
import io.ringside.spark.cluster.TableSizeReader;
import io.ringside.spark.config.ConnectionConfig;
import io.ringside.spark.cql.CqlValue;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.session.SessionLease;
import io.ringside.spark.session.Sessions;
import java.math.BigInteger;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds facts out through the session of a connection. Driver only; one per query; thread-safe. */
public final class SessionTableFacts implements TableFacts {
  private final TableSpec table;
  private final ConnectionConfig connection;
  private final @Nullable Long sizeHint;
  private @Nullable TableLayout layout;
  private @Nullable TableSizes sizes;

  /**
   * Knows nothing yet.
   *
   * @param sizeHint bytes of the table for when Cassandra has no estimates, or null
   */
  public SessionTableFacts(TableSpec table, ConnectionConfig connection, @Nullable Long sizeHint) {
    this.table = table;
    this.connection = connection;
    this.sizeHint = sizeHint;
  }

  @Override
  public synchronized TableLayout layout() {
    TableLayout known = layout;
    if (known == null) {
      known =
          with(
              lease -> {
                TableIdentity.check(
                    lease.session(), table, table.columns(), "read " + table.displayName());
                TablePermissions.checkRead(lease.session(), connection, table);
                ClusterMetadata cluster = new ClusterMetadata(lease.session());
                return new TableLayout(cluster.partitioner(), cluster.ring(table.keyspace()));
              });
      layout = known;
    }
    return known;
  }

  @Override
  public synchronized TableSizes sizes() {
    TableSizes known = sizes;
    if (known == null) {
      known =
          with(
              lease -> {
                TableSizeReader reader = new TableSizeReader(connection, lease.session(), table);
                return SizePolicy.choose(
                    layout().partitioner(), reader::estimates, sizeHint, reader::sample);
              });
      sizes = known;
    }
    return known;
  }

  @Override
  public synchronized @Nullable TableSizes knownSizes() {
    return sizes != null ? sizes : with(this::keptSizes);
  }

  private @Nullable TableSizes keptSizes(SessionLease lease) {
    TableSizeReader reader = new TableSizeReader(connection, lease.session(), table);
    SizeReport estimates = reader.keptEstimates();
    SizeReport sample = reader.keptSample();
    if (estimates == null || (!estimates.isSomething() && sizeHint == null && sample == null)) {
      return null;
    }
    return SizePolicy.choose(
        layout().partitioner(),
        () -> estimates,
        sizeHint,
        () -> sample == null ? SizeReport.NOTHING : sample);
  }

  @Override
  public List<BigInteger> tokens(List<List<CqlValue>> keys) {
    return with(
        lease -> {
          ClusterMetadata cluster = new ClusterMetadata(lease.session());
          return keys.stream()
              .map(key -> cluster.token(key.stream().map(CqlValue::buffer).toList()))
              .toList();
        });
  }

  private <T extends @Nullable Object> T with(Function<SessionLease, T> work) {
    try (SessionLease lease = Sessions.lease(connection, table.keyspace())) {
      return work.apply(lease);
    }
  }
}
