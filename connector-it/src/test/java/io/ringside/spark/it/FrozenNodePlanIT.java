// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringside.spark.it.cassandra.CassandraNode;
import java.time.Duration;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans of queries while one of three nodes is stopped in the middle of what it does. */
@Tag("alone")
@ExtendWith(ThreeNodes.class)
class FrozenNodePlanIT {
  private static final Duration LONGEST = Duration.ofSeconds(3);
  private static final int NODES = 3;

  @BeforeAll
  static void createTables() {
    Cassandra.ddl(
        ThreeNodes.SESSION,
        "CREATE KEYSPACE frozen WITH replication = {'class': 'NetworkTopologyStrategy',"
            + " 'datacenter1': 1}");
    Cassandra.ddl(ThreeNodes.SESSION, "CREATE TABLE frozen.warm (id int PRIMARY KEY, v text)");
    for (int node = 0; node < NODES; node++) {
      Cassandra.ddl(
          ThreeNodes.SESSION,
          "CREATE TABLE frozen.t%d (id int, n int, v text, PRIMARY KEY (id, n))".formatted(node));
    }
  }

  @AfterAll
  static void drop() {
    Cassandra.ddl(ThreeNodes.SESSION, "DROP KEYSPACE frozen");
  }

  private static Dataset<Row> table(String name) {
    return Spark.SESSION
        .read()
        .format("cassandra")
        .options(
            Map.of(
                "contact-points",
                ThreeNodes.CLUSTER.contactPoint(),
                "keyspace",
                "frozen",
                "table",
                name))
        .load();
  }

  private static Duration timeOfPlan(String table, String condition) {
    long start = System.nanoTime();
    table(table).where(condition).queryExecution().executedPlan();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Whichever node the driver's control connection has. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void plansAScanAndALookupSoon(int index) {
    timeOfPlan("warm", "v > 'a'");
    timeOfPlan("warm", "id IN (1, 2, 3)");
    CassandraNode node = ThreeNodes.CLUSTER.nodes().get(index);
    node.pause();
    try {
      assertThat(timeOfPlan("t" + index, "id IN (1, 2, 3)")).isLessThan(LONGEST);
      assertThat(timeOfPlan("t" + index, "v > 'a'")).isLessThan(LONGEST);
    } finally {
      node.resume();
    }
  }

  @Test
  void saysThatANodeIsSilent() {
    CassandraNode node = ThreeNodes.CLUSTER.nodes().get(1);
    String address = "%s:%d".formatted(node.address().getHostString(), node.address().getPort());
    node.pause();
    try {
      assertThatThrownBy(
              () ->
                  Spark.SESSION
                      .read()
                      .format("cassandra")
                      .option("contact-points", address)
                      .load("frozen.warm"))
          .hasMessage(
              "Cannot connect to Cassandra at [%s]: step 1 (OPTIONS): timed out after 10000 ms. Check the options 'contact-points' and 'port', and the nodes' logs. [CONNECTION_FAILED]"
                  .formatted(address));
    } finally {
      node.resume();
    }
  }
}
