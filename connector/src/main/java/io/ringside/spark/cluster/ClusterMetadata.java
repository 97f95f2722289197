// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cluster;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.loadbalancing.NodeDistance;
import com.datastax.oss.driver.api.core.metadata.EndPoint;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.TokenMap;
import com.datastax.oss.driver.api.core.metadata.schema.ClusteringOrder;
import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.RelationMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.ViewMetadata;
import com.datastax.oss.driver.api.core.metadata.token.TokenRange;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.UnsupportedException;
import io.ringside.spark.ring.Partitioner;
import io.ringside.spark.ring.Replica;
import io.ringside.spark.ring.ReplicaRange;
import io.ringside.spark.ring.RingRange;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.CqlType;
import io.ringside.spark.schema.ServerFeatures;
import io.ringside.spark.schema.TableKind;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.session.Sessions;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The cluster as a session knows it, in the connector's own terms. Driver only. */
public final class ClusterMetadata {
  /** Keyspaces that belong to the server, as the driver counts them. */
  private static final Pattern SYSTEM_KEYSPACES =
      Pattern.compile("system|system_.*|dse_.*|solr_admin|OpsCenter");

  private final CqlSession session;

  /** Reads from the session's metadata; sends nothing by itself. */
  public ClusterMetadata(CqlSession session) {
    this.session = session;
  }

  /** Names of all keyspaces but the system's, exactly as stored, sorted. Asks the cluster. */
  public Set<String> keyspaces() {
    Set<String> names = new TreeSet<>();
    session
        .execute("SELECT keyspace_name FROM system_schema.keyspaces")
        .forEach(row -> names.add(String.valueOf(row.getString(0))));
    names.removeIf(SYSTEM_KEYSPACES.asMatchPredicate());
    return names;
  }

  /**
   * The driver's description of a keyspace, or null when there is none of this exact name. Asks the
   * cluster when the session did not use the keyspace before.
   */
  public @Nullable KeyspaceMetadata keyspace(String name) {
    Sessions.use(session, name);
    return session.getMetadata().getKeyspace(CqlIdentifier.fromInternal(name)).orElse(null);
  }

  /** As {@link #keyspace}; asks the cluster anew when the session does not know it. */
  public @Nullable KeyspaceMetadata findKeyspace(String name) {
    KeyspaceMetadata known = keyspace(name);
    if (known == null) {
      Sessions.refreshSchema(session);
      known = keyspace(name);
    }
    return known;
  }

  /**
   * The table or materialized view of these exact names, or null when there is none. Asks the
   * cluster anew when the session does not know it: another session may have just made it.
   */
  public @Nullable TableSpec table(String keyspace, String table) {
    TableSpec known = knownTable(keyspace, table);
    if (known != null) {
      return known;
    }
    Sessions.refreshSchema(session);
    return knownTable(keyspace, table);
  }

  /** Asks the cluster anew for the schema of the keyspaces in use. Blocks until it has answered. */
  public void refresh() {
    Sessions.refreshSchema(session);
  }

  /** As {@link #table}, of what the session knows now. */
  public @Nullable TableSpec knownTable(String keyspaceName, String tableName) {
    KeyspaceMetadata keyspace = keyspace(keyspaceName);
    RelationMetadata relation = keyspace == null ? null : relation(keyspace, tableName);
    return keyspace == null || relation == null ? null : describe(keyspace, relation);
  }

  /** The driver's description of a table or materialized view, or null. */
  public static @Nullable RelationMetadata relation(KeyspaceMetadata keyspace, String name) {
    CqlIdentifier id = CqlIdentifier.fromInternal(name);
    Optional<? extends RelationMetadata> relation = keyspace.getTable(id);
    if (relation.isEmpty()) {
      relation = keyspace.getView(id);
    }
    return relation.orElse(null);
  }

  private TableSpec describe(KeyspaceMetadata keyspace, RelationMetadata relation) {
    Set<ColumnSpec> columns = new LinkedHashSet<>();
    for (ColumnMetadata column : relation.getPartitionKey()) {
      columns.add(describe(column, ColumnKind.PARTITION_KEY, false));
    }
    relation
        .getClusteringColumns()
        .forEach(
            (column, order) ->
                columns.add(
                    describe(column, ColumnKind.CLUSTERING, order == ClusteringOrder.DESC)));
    List<CqlIdentifier> keys = new ArrayList<>();
    relation.getPrimaryKey().forEach(column -> keys.add(column.getName()));
    for (ColumnMetadata column : relation.getColumns().values()) {
      if (!keys.contains(column.getName())) {
        columns.add(
            describe(column, column.isStatic() ? ColumnKind.STATIC : ColumnKind.REGULAR, false));
      }
    }
    UUID id = relation.getId().orElse(null);
    return new TableSpec(
        keyspace.getName().asInternal(),
        relation.getName().asInternal(),
        id,
        kindOf(keyspace, relation),
        List.copyOf(columns),
        relation instanceof TableMetadata table ? IndexReader.of(table) : List.of(),
        features());
  }

  private ServerFeatures features() {
    List<@Nullable String> versions = new ArrayList<>();
    for (Node node : session.getMetadata().getNodes().values()) {
      versions.add(
          node.getCassandraVersion() == null ? null : node.getCassandraVersion().toString());
    }
    return ServerFeatures.of(
        versions,
        session.getMetadata().getTokenMap().map(TokenMap::getPartitionerName).orElse(null));
  }

  private static TableKind kindOf(KeyspaceMetadata keyspace, RelationMetadata relation) {
    if (keyspace.isVirtual()) {
      return TableKind.VIRTUAL;
    }
    if (String.valueOf(keyspace.getReplication().get("class")).endsWith("LocalStrategy")) {
      return TableKind.NODE_LOCAL;
    }
    return relation instanceof ViewMetadata ? TableKind.MATERIALIZED_VIEW : TableKind.TABLE;
  }

  private static ColumnSpec describe(ColumnMetadata column, ColumnKind kind, boolean descending) {
    return new ColumnSpec(
        column.getName().asInternal(), new CqlType(column.getType()), kind, descending);
  }

  /**
   * The cluster's partitioner.
   *
   * @throws UnsupportedException when the service publishes no token ring or has another
   *     partitioner
   */
  public Partitioner partitioner() {
    return Partitioner.named(tokenMap().getPartitionerName());
  }

  /** The whole ring in ranges that do not wrap, each with its owners in the local data centre. */
  public List<ReplicaRange> ring(String keyspace) {
    TokenMap tokens = tokenMap();
    Partitioner partitioner = partitioner();
    CqlIdentifier id = CqlIdentifier.fromInternal(keyspace);
    List<ReplicaRange> ring = new ArrayList<>();
    for (TokenRange range : tokens.getTokenRanges()) {
      List<Replica> owners = new ArrayList<>();
      for (Node node : tokens.getReplicas(id, range)) {
        if (isLocal(node)) {
          owners.add(replica(node));
        }
      }
      BigInteger start = new BigInteger(tokens.format(range.getStart()));
      BigInteger end = new BigInteger(tokens.format(range.getEnd()));
      for (RingRange part : partitioner.unwrap(start, end)) {
        ring.add(new ReplicaRange(part, owners));
      }
    }
    ring.sort((a, b) -> RingRange.ALONG_THE_RING.compare(a.range(), b.range()));
    return ring;
  }

  /**
   * The token of a partition key.
   *
   * @param key the values of its columns as bytes, in key order
   */
  public BigInteger token(List<ByteBuffer> key) {
    TokenMap tokens = tokenMap();
    return new BigInteger(tokens.format(tokens.newToken(key.toArray(ByteBuffer[]::new))));
  }

  /**
   * The data centre of the nodes that the session talks to.
   *
   * @throws UnsupportedException UNSUPPORTED_OPERATION when no node names its own
   */
  public String localDatacenter() {
    String local = localDatacenter(session);
    if (local == null) {
      throw new UnsupportedException(
          ErrorCode.UNSUPPORTED_OPERATION,
          "Cannot determine the local data centre: no node names one. Set the option 'local-dc'.");
    }
    return local;
  }

  /** The nodes of the local data centre, in the order of their ids. */
  public List<Node> localNodes() {
    return session.getMetadata().getNodes().values().stream()
        .filter(this::isLocal)
        .sorted((a, b) -> String.valueOf(a.getHostId()).compareTo(String.valueOf(b.getHostId())))
        .toList();
  }

  private boolean isLocal(Node node) {
    String local = localDatacenter(session);
    return local == null || local.equals(node.getDatacenter());
  }

  /** The data centre of the nodes that the session talks to, or null when none names its own. */
  public static @Nullable String localDatacenter(CqlSession session) {
    for (Node node : session.getMetadata().getNodes().values()) {
      if (node.getDistance() == NodeDistance.LOCAL && node.getDatacenter() != null) {
        return node.getDatacenter();
      }
    }
    return null;
  }

  private TokenMap tokenMap() {
    return session
        .getMetadata()
        .getTokenMap()
        .orElseThrow(
            () ->
                new UnsupportedException(
                    ErrorCode.UNSUPPORTED_TABLE,
                    "Cannot read the token ring: the cluster publishes no tokens."
                        + " Connect to nodes of a cluster that publishes its token map."));
  }

  private static Replica replica(Node node) {
    UUID id = node.getHostId() == null ? new UUID(0, 0) : node.getHostId();
    return new Replica(id, host(node));
  }

  private static String host(Node node) {
    Optional<InetSocketAddress> rpc = node.getBroadcastRpcAddress();
    EndPoint endPoint = node.getEndPoint();
    Object address = rpc.isPresent() ? rpc.get() : endPoint.resolve();
    if (address instanceof InetSocketAddress inet) {
      return inet.getAddress() == null ? inet.getHostString() : inet.getAddress().getHostAddress();
    }
    return endPoint.toString();
  }
}
