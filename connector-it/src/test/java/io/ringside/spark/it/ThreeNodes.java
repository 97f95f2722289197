// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import com.datastax.oss.driver.api.core.CqlSession;
import io.ringside.spark.it.cassandra.CassandraCluster;
import io.ringside.spark.it.cassandra.CassandraClusters;
import io.ringside.spark.it.cassandra.ClusterSpec;
import java.time.Duration;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The cluster of three nodes that tests of a JVM share, started by the first test that uses it.
 * Tests may kill, pause and slow down its nodes: registered as an extension, this class waits after
 * each test until every node takes all three for alive again. Tests make a keyspace of their own
 * each.
 */
final class ThreeNodes implements AfterEachCallback {
  private static final int NODES = 3;

  /** What the launcher sets. */
  private static final Duration RANGE_TIMEOUT = Duration.ofSeconds(10);

  /** The cluster. */
  static final CassandraCluster CLUSTER = CassandraClusters.start(spec());

  /** The tests' own way to it, past the connector. */
  static final CqlSession SESSION = Cassandra.open(CLUSTER);

  private static ClusterSpec spec() {
    ClusterSpec spec = ClusterSpec.nodes("three", NODES);
    // Version 4.0 has no limit of requests, and so nothing to throw.
    return Version.of(spec.version()).atLeast("4.1")
        ? spec.withSetting("native_transport_throw_on_overload", "true")
        : spec;
  }

  /** Performs an action while each node refuses more requests than these in a second. */
  static void withRequestsPerSecond(int requests, Runnable action) {
    try {
      setAll("NativeTransportMaxRequestsPerSecond", requests);
      setAll("NativeTransportRateLimitingEnabled", true);
      action.run();
    } finally {
      setAll("NativeTransportRateLimitingEnabled", false);
    }
  }

  /** Performs an action while no node takes longer than this to read a page of a token range. */
  static void withRangeTimeout(Duration timeout, Runnable action) {
    try {
      setAll("RangeRpcTimeout", timeout.toMillis());
      action.run();
    } finally {
      setAll("RangeRpcTimeout", RANGE_TIMEOUT.toMillis());
    }
  }

  private static void setAll(String attribute, Object value) {
    CLUSTER.nodes().forEach(node -> node.set(attribute, value));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    awaitAllAlive();
  }

  /** Waits until every node takes all three for alive, and the tests' session reaches them. */
  static void awaitAllAlive() {
    Cassandra.await(
        "every node takes all for alive",
        () -> CLUSTER.nodes().stream().allMatch(node -> node.liveNodes().size() == NODES));
    Cassandra.awaitConnections(CLUSTER, SESSION);
  }
}
