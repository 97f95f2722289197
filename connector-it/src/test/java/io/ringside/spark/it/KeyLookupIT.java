// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ringside.spark.it.cassandra.CassandraNode;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A thousand keys among many partitions of three nodes: each asked once, of an owner. */
@Tag("alone")
@ExtendWith(ThreeNodes.class)
class KeyLookupIT {
  private static final long PARTITIONS = Long.getLong("lookup.partitions", 200_000);

  @Test
  void asksAnOwnerOfEachKeyOnce() {
    Metrics.addRegistry(new SimpleMeterRegistry());
    Cassandra.ddl(
        ThreeNodes.SESSION,
        "CREATE KEYSPACE lookup WITH replication = {'class': 'NetworkTopologyStrategy',"
            + " 'datacenter1': 1}");
    Cassandra.ddl(ThreeNodes.SESSION, "CREATE TABLE lookup.t (id bigint PRIMARY KEY, v text)");
    Map<String, String> options =
        Map.of(
            "contact-points",
            ThreeNodes.CLUSTER.contactPoint(),
            // A session of its own: others may still wait to reconnect to a node that was away.
            "connect-timeout",
            "12s",
            "keyspace",
            "lookup",
            "table",
            "t");
    Spark.SESSION
        .range(PARTITIONS)
        .selectExpr("id", "concat('v', id) AS v")
        .write()
        .format("cassandra")
        .options(options)
        .mode("append")
        .save();
    ThreeNodes.CLUSTER.nodes().forEach(node -> node.flush("lookup"));
    ThreeNodes.CLUSTER.nodes().forEach(CassandraNode::refreshSizeEstimates);

    String ids =
        LongStream.range(0, 1000)
            .map(i -> i * (PARTITIONS / 1000))
            .mapToObj(Long::toString)
            .collect(Collectors.joining(","));
    Dataset<Row> found =
        Spark.SESSION
            .read()
            .format("cassandra")
            .options(options)
            .load()
            .where("id IN (" + ids + "," + ids + ")");
    assertThat(found.javaRDD().getNumPartitions()).isBetween(3, 20);
    long byOwner = ReadPages.byOwners();
    long byOthers = ReadPages.byOthers();
    assertThat(found.collectAsList())
        .hasSize(1000)
        .allMatch(row -> row.getString(1).equals("v" + row.getLong(0)));
    assertThat(ReadPages.byOwners() - byOwner).isEqualTo(1000);
    assertThat(ReadPages.byOthers() - byOthers).isZero();
    Cassandra.ddl(ThreeNodes.SESSION, "DROP KEYSPACE lookup");
  }
}
