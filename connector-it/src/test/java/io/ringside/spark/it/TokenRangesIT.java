// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.TokenMap;
import io.ringside.spark.CassandraCatalog;
import io.ringside.spark.it.cassandra.CassandraCluster;
import io.ringside.spark.it.cassandra.CassandraClusters;
import io.ringside.spark.it.cassandra.CassandraNode;
import io.ringside.spark.it.cassandra.ClusterSpec;
import io.ringside.spark.read.plan.Split;
import io.ringside.spark.ring.Replica;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A full scan of three real nodes: each token once, from its owners, by the CQL that was sent. */
@Tag("alone")
@ExtendWith(ThreeNodes.class)
class TokenRangesIT {
  private static final Pattern BOUNDS =
      Pattern.compile("token\"=(-?\\d+), \"partition key token\"=(-?\\d+)\\]");
  private static final Pattern RANGE = Pattern.compile("\\((-?\\d+), (-?\\d+)\\]");

  /**
   * A range of tokens.
   *
   * @param start exclusive
   * @param end inclusive
   */
  private record Range(long start, long end) {}

  @Test
  void readsEveryTokenOnceFromItsReplicas() throws NoSuchTableException {
    assertThatEveryTokenIsReadOnce(ThreeNodes.CLUSTER, ThreeNodes.SESSION);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 256})
  void readsEveryTokenOnceHoweverManyANodeHas(int tokensPerNode) throws NoSuchTableException {
    ClusterSpec spec = ClusterSpec.nodes("tokens" + tokensPerNode, 3);
    try (CassandraCluster cluster = CassandraClusters.start(spec.withTokensPerNode(tokensPerNode));
        CqlSession session = Cassandra.open(cluster)) {
      assertThatEveryTokenIsReadOnce(cluster, session);
    }
  }

  private static void assertThatEveryTokenIsReadOnce(CassandraCluster cluster, CqlSession session)
      throws NoSuchTableException {
    assertThat(Spark.SESSION.version()).isNotEmpty();
    try (SentCql sent = new SentCql()) {
      Cassandra.ddl(
          session,
          "CREATE KEYSPACE ring WITH replication = {'class': 'NetworkTopologyStrategy',"
              + " 'datacenter1': 2}");
      Cassandra.ddl(session, "CREATE TABLE ring.t (id int PRIMARY KEY, v text)");
      Map<String, String> options =
          Map.of(
              "contact-points", cluster.contactPoint(),
              "keyspace", "ring",
              "table", "t",
              "read.split-size", "64k",
              "driver-config", SentCql.driverConfig());
      Dataset<Row> rows =
          Spark.SESSION.range(20_000).selectExpr("cast(id AS int) AS id", "repeat('v', 50) AS v");
      rows.write().format("cassandra").options(options).mode("append").save();
      cluster.nodes().forEach(node -> node.flush("ring"));
      cluster.nodes().forEach(CassandraNode::refreshSizeEstimates);
      sent.clear();

      Dataset<Row> table = Spark.SESSION.read().format("cassandra").options(options).load();
      assertThat(table.selectExpr("count(v)", "count(DISTINCT id)", "sum(id)").first().toString())
          .isEqualTo("[20000,20000,199990000]");

      List<Range> scanned = new ArrayList<>();
      for (String request : sent.containing("SELECT id,v FROM ring.t WHERE token(id)>")) {
        Matcher bounds = BOUNDS.matcher(request);
        assertThat(bounds.find()).as(request).isTrue();
        Range range = new Range(Long.parseLong(bounds.group(1)), Long.parseLong(bounds.group(2)));
        // A range has as many requests as pages.
        if (!scanned.contains(range)) {
          scanned.add(range);
        }
      }
      assertThatTheyCoverTheRingOnce(scanned);
      assertThatSplitsAreOfTheirReplicas(cluster, options);
    }
  }

  private static void assertThatTheyCoverTheRingOnce(List<Range> ranges) {
    ranges.sort(Comparator.comparing(Range::start));
    assertThat(ranges).hasSizeGreaterThan(3);
    assertThat(ranges.get(0).start()).isEqualTo(Long.MIN_VALUE);
    for (int i = 1; i < ranges.size(); i++) {
      assertThat(ranges.get(i).start()).isEqualTo(ranges.get(i - 1).end());
    }
    assertThat(ranges.get(ranges.size() - 1).end()).isEqualTo(Long.MAX_VALUE);
  }

  private static void assertThatSplitsAreOfTheirReplicas(
      CassandraCluster cluster, Map<String, String> options) throws NoSuchTableException {
    CassandraCatalog catalog = new CassandraCatalog();
    catalog.initialize("tokens", new CaseInsensitiveStringMap(options));
    SupportsRead table =
        (SupportsRead) catalog.loadTable(Identifier.of(new String[] {"ring"}, "t"));
    InputPartition[] splits =
        table
            .newScanBuilder(CaseInsensitiveStringMap.empty())
            .build()
            .toBatch()
            .planInputPartitions();
    assertThat(splits.length).isBetween(12, 40);
    try (CqlSession session =
        CqlSession.builder()
            .addContactPoints(cluster.contactPoints())
            .withLocalDatacenter(cluster.localDatacenter())
            .build()) {
      TokenMap tokens = session.getMetadata().getTokenMap().orElseThrow();
      int withOwner = 0;
      for (InputPartition split : splits) {
        Set<String> preferred =
            ((Split) split).replicas().stream().map(Replica::host).collect(Collectors.toSet());
        withOwner += preferred.isEmpty() ? 0 : 1;
        Matcher range = RANGE.matcher(split.toString());
        int ranges = 0;
        while (range.find()) {
          ranges++;
          Set<Node> replicas = tokens.getReplicas("ring", tokens.parse(range.group(2)));
          assertThat(
                  replicas.stream()
                      .map(node -> node.getBroadcastRpcAddress().orElseThrow().getHostString())
                      .collect(Collectors.toSet()))
              .containsAll(preferred);
        }
        assertThat(ranges).isPositive();
      }
      // The last split may hold what was left of all owners.
      assertThat(withOwner).isGreaterThanOrEqualTo(splits.length - 1);
    }
  }
}
