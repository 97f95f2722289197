// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.Row;
import io.ringside.spark.CassandraCatalog;
import io.ringside.spark.it.cassandra.CassandraCluster;
import io.ringside.spark.it.cassandra.CassandraClusters;
import io.ringside.spark.it.cassandra.CassandraNode;
import io.ringside.spark.it.cassandra.ClusterSpec;
import io.ringside.spark.read.plan.Split;
import io.ringside.spark.ring.Replica;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.execution.ExplainMode;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.junit.jupiter.api.Test;

/** A cluster of two data centres, one node each: a job stays in the one that it is told. */
class DatacentersIT {
  private static final long ROWS = 100_000;
  private static final int VALUE_BYTES = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static Dataset<org.apache.spark.sql.Row> table(CassandraCluster cluster, String local) {
    return Spark.SESSION
        .read()
        .format("cassandra")
        .options(options(cluster))
        .option("local-dc", local)
        .option("read.split-size", "2m")
        .load();
  }

  private static Map<String, String> options(CassandraCluster cluster) {
    return Map.of("contact-points", cluster.contactPoint(), "keyspace", "far", "table", "t");
  }

  /** A session in the data centre of a node. */
  private static CqlSession at(CassandraCluster cluster, int node) {
    return CqlSession.builder()
        .withConfigLoader(
            DriverConfigLoader.programmaticBuilder()
                .withBoolean(DefaultDriverOption.METADATA_SCHEMA_ENABLED, false)
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, PATIENCE)
                .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, PATIENCE)
                .withDuration(DefaultDriverOption.CONNECTION_CONNECT_TIMEOUT, PATIENCE)
                .build())
        .addContactPoint(cluster.nodes().get(node).address())
        .withLocalDatacenter("datacenter" + (node + 1))
        .build();
  }

  /** Scans that a node coordinated, as it counts them itself. */
  private static long scansBy(CqlSession node) {
    for (Row row :
        node.execute("SELECT keyspace_name, count FROM system_views.coordinator_scan_latency")) {
      if ("far".equals(row.getString(0))) {
        return row.getLong(1);
      }
    }
    return 0;
  }

  /** What the tasks of a scan of the table read. */
  private static List<Split> splits(CassandraCluster cluster, String local)
      throws NoSuchTableException {
    Map<String, String> options = new HashMap<>(options(cluster));
    options.put("local-dc", local);
    options.put("read.split-size", "2m");
    CassandraCatalog catalog = new CassandraCatalog();
    catalog.initialize("far", new CaseInsensitiveStringMap(options));
    SupportsRead table = (SupportsRead) catalog.loadTable(Identifier.of(new String[] {"far"}, "t"));
    return Stream.of(
            table
                .newScanBuilder(CaseInsensitiveStringMap.empty())
                .build()
                .toBatch()
                .planInputPartitions())
        .map(Split.class::cast)
        .toList();
  }

  @Test
  void readsFromTheLocalDatacenterOnly() throws NoSuchTableException {
    try (CassandraCluster cluster =
            CassandraClusters.start(ClusterSpec.nodes("datacenters", 2).withDatacenters(2));
        CqlSession first = at(cluster, 0);
        CqlSession second = at(cluster, 1)) {
      first.execute(
          "CREATE KEYSPACE far WITH replication = {'class': 'NetworkTopologyStrategy',"
              + " 'datacenter1': 1, 'datacenter2': 1}");
      first.execute("CREATE TABLE far.t (id bigint PRIMARY KEY, v text)");
      Cassandra.await(
          "both data centres know the table",
          () ->
              second
                      .execute(
                          "SELECT table_name FROM system_schema.tables WHERE keyspace_name = 'far'")
                      .one()
                  != null);
      List<CqlSession> nodes = List.of(first, second);
      Spark.SESSION
          .range(ROWS)
          .selectExpr("id", "repeat('v', %d) AS v".formatted(VALUE_BYTES))
          .write()
          .format("cassandra")
          .options(options(cluster))
          .option("local-dc", "datacenter1")
          .option("write.consistency", "ALL")
          .mode("append")
          .save();
      cluster.nodes().forEach(node -> node.flush("far"));
      cluster.nodes().forEach(CassandraNode::refreshSizeEstimates);

      for (int local = 0; local < 2; local++) {
        int remote = 1 - local;
        Dataset<org.apache.spark.sql.Row> table = table(cluster, "datacenter" + (local + 1));
        long here = scansBy(nodes.get(local));
        long there = scansBy(nodes.get(remote));
        assertThat(table.selectExpr("count(v)").first().getLong(0)).isEqualTo(ROWS);
        assertThat(scansBy(nodes.get(local))).isGreaterThan(here);
        assertThat(scansBy(nodes.get(remote))).isEqualTo(there);

        assertThat(splits(cluster, "datacenter" + (local + 1)))
            .isNotEmpty()
            .flatExtracting(Split::replicas)
            .extracting(Replica::host)
            .containsOnly(cluster.nodes().get(local).host());
        // The bytes of one data centre, not of both.
        assertThat(table.queryExecution().explainString(ExplainMode.fromString("simple")))
            .contains("sizes: estimates");
        double bytes = table.queryExecution().optimizedPlan().stats().sizeInBytes().toDouble();
        assertThat(bytes).isBetween(ROWS * VALUE_BYTES * 0.6, ROWS * VALUE_BYTES * 1.8);
      }
    }
  }
}
