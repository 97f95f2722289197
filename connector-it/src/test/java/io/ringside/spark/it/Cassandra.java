// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.servererrors.ReadTimeoutException;
import io.ringside.spark.it.cassandra.CassandraCluster;
import io.ringside.spark.it.cassandra.CassandraClusters;
import io.ringside.spark.it.cassandra.ClusterSpec;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one node that all tests of a JVM share, started by the first, and a session of the tests' own
 * driver. Tests make a keyspace of their own each.
 */
public final class Cassandra {
  /** The shared node. */
  public static final CassandraCluster CLUSTER = CassandraClusters.start(spec());

  /** The tests' own way to it, past the connector. */
  public static final CqlSession SESSION = open(CLUSTER);

  /** As long as a busy machine may need to start several JVMs. */
  private static final int WAIT_MINUTES = 3;

  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private Cassandra() {}

  /**
   * Its defaults, and SASI, which is switched off by default. The second compiler would take half
   * of the node's processor time.
   */
  private static ClusterSpec spec() {
    ClusterSpec spec = ClusterSpec.oneNode("it");
    String sasi =
        Version.of(spec.version()).atLeast("4.1") ? "sasi_indexes_enabled" : "enable_sasi_indexes";
    return spec.withSetting(sasi, "true").withJvmOption("-XX:TieredStopAtLevel=1");
  }

  /** What the shared node says it is. */
  public static Version version() {
    return Version.of(
        String.valueOf(cql("SELECT release_version FROM system.local").one().getString(0)));
  }

  /**
   * A session of the tests' own driver. Without schema metadata, as the driver would wait a second
   * after each schema statement.
   */
  public static CqlSession open(CassandraCluster cluster) {
    return CqlSession.builder()
        .withConfigLoader(
            DriverConfigLoader.programmaticBuilder()
                .withBoolean(DefaultDriverOption.METADATA_SCHEMA_ENABLED, false)
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(60))
                .withDuration(
                    DefaultDriverOption.CONTROL_CONNECTION_AGREEMENT_TIMEOUT,
                    Duration.ofSeconds(60))
                .build())
        .addContactPoints(cluster.contactPoints())
        .withLocalDatacenter(cluster.localDatacenter())
        .build();
  }

  /** Runs a statement past the connector. */
  public static ResultSet cql(String statement, Object... values) {
    return SESSION.execute(SimpleStatement.newInstance(statement, values));
  }

  /**
   * Changes the schema of a cluster of several nodes and waits until each of them has applied it.
   * The driver's own check may run before the others hear of the change, and finds all at the old
   * version.
   */
  public static void ddl(CqlSession session, String statement) {
    List<Node> nodes = List.copyOf(session.getMetadata().getNodes().values());
    session.execute(SimpleStatement.newInstance(statement).setNode(nodes.get(0)));
    await(
        "all nodes apply " + statement,
        () -> {
          UUID wanted = schemaVersion(session, nodes.get(0));
          return wanted != null
              && nodes.stream().allMatch(node -> wanted.equals(schemaVersion(session, node)));
        });
  }

  /** Null when the node is too busy to say: some tests give it little time for a request. */
  private static @Nullable UUID schemaVersion(CqlSession session, Node node) {
    try {
      Row row =
          session
              .execute(
                  SimpleStatement.newInstance("SELECT schema_version FROM system.local")
                      .setNode(node))
              .one();
      return row == null ? null : row.getUuid(0);
    } catch (ReadTimeoutException busy) {
      return null;
    }
  }

  /** Makes a keyspace anew. */
  public static void keyspace(String name) {
    cql("DROP KEYSPACE IF EXISTS " + name);
    cql(
        "CREATE KEYSPACE "
            + name
            + " WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
  }

  /** The host of the first contact point. */
  static String host() {
    return CLUSTER.contactPoints().get(0).getHostString();
  }

  /** The port of the first contact point. */
  static String port() {
    return String.valueOf(CLUSTER.contactPoints().get(0).getPort());
  }

  /** About how many rows the server has read of a table: its requests by the median of each. */
  static double rowsRead(String keyspace, String table) {
    return cql(
            "SELECT count, p50th FROM system_views.rows_per_read WHERE keyspace_name = ? AND"
                + " table_name = ?",
            keyspace,
            table)
        .all()
        .stream()
        .mapToDouble(row -> row.getLong("count") * row.getDouble("p50th"))
        .sum();
  }

  /** Waits until a session has connections to every node of a cluster. */
  public static void awaitConnections(CassandraCluster cluster, CqlSession session) {
    await(
        "a session has connections to every node",
        () ->
            cluster.nodes().stream()
                .map(node -> session.getMetadata().findNode(node.address()))
                .allMatch(node -> node.isPresent() && node.get().getOpenConnections() > 0));
  }

  /** Waits until a condition holds, at most three minutes. */
  public static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(WAIT_MINUTES);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("Waited %d minutes in vain: ".formatted(WAIT_MINUTES) + what);
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }
}
