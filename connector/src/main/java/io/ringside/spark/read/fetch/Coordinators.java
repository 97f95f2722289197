// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.NodeState;
import com.datastax.oss.driver.api.core.metadata.TokenMap;
import io.ringside.spark.cluster.ClusterMetadata;
import io.ringside.spark.ring.Replica;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the nodes that are asked for a token, from the session's present view of the cluster. One
 * per task, on executors.
 */
public final class Coordinators {
  /** How long a node that failed is asked last. */
  private static final long AVOIDED_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** Shared by all tasks of the JVM, so that each does not learn it anew. */
  private static final Map<UUID, Long> AVOIDED_SINCE = new ConcurrentHashMap<>();

  private static final UUID UNKNOWN = new UUID(0, 0);

  private final CqlSession session;
  private final CqlIdentifier keyspace;
  private final Set<UUID> preferred;
  private final @Nullable String localDatacenter;

  /** Made once for each node: a task of lookups asks for the owners of every key. */
  private final Map<Node, Owner> known = new HashMap<>();

  /**
   * Chooses among the nodes of this session.
   *
   * @param preferred nodes to ask first where they own the token: those the task was placed by
   */
  public Coordinators(CqlSession session, String keyspace, Collection<Replica> preferred) {
    this.session = session;
    this.keyspace = CqlIdentifier.fromInternal(keyspace);
    this.preferred = preferred.stream().map(Replica::hostId).collect(Collectors.toSet());
    this.localDatacenter = ClusterMetadata.localDatacenter(session);
  }

  /**
   * The owners of a token in the local data centre, best first: those that are up before those that
   * are not, those that did not fail lately before those that did, preferred ones before others.
   * Empty when the service does not publish owners; then any coordinator will do.
   */
  public List<Owner> ownersOf(BigInteger token) {
    Optional<TokenMap> tokens = session.getMetadata().getTokenMap();
    if (tokens.isEmpty()) {
      return List.of();
    }
    List<Node> owners = new ArrayList<>();
    for (Node node : tokens.get().getReplicas(keyspace, tokens.get().parse(text(token)))) {
      if (localDatacenter == null || localDatacenter.equals(node.getDatacenter())) {
        owners.add(node);
      }
    }
    owners.sort((a, b) -> Integer.compare(rank(a), rank(b)));
    List<Owner> best = new ArrayList<>(owners.size());
    for (Node node : owners) {
      best.add(known.computeIfAbsent(node, Coordinators::owner));
    }
    return best;
  }

  /** As the driver reads it; a token of 64 bits, as most are, in a tenth of the time. */
  private static String text(BigInteger token) {
    return token.bitLength() < Long.SIZE ? Long.toString(token.longValue()) : token.toString();
  }

  private static Owner owner(Node node) {
    return new Owner(id(node), String.valueOf(node.getEndPoint()));
  }

  /** The node, or null when it has left the cluster. */
  @Nullable Node node(Owner owner) {
    return session.getMetadata().getNodes().get(owner.id());
  }

  /** Asks other owners first for half a minute: the node has just failed, or is slow. */
  public void avoid(Owner owner) {
    AVOIDED_SINCE.put(owner.id(), System.nanoTime());
  }

  private int rank(Node node) {
    int down = node.getState() == NodeState.UP || node.getState() == NodeState.UNKNOWN ? 0 : 4;
    Long since = AVOIDED_SINCE.get(id(node));
    int avoided = since != null && System.nanoTime() - since < AVOIDED_NANOS ? 2 : 0;
    return down + avoided + (preferred.contains(id(node)) ? 0 : 1);
  }

  private static UUID id(Node node) {
    UUID id = node.getHostId();
    return id == null ? UNKNOWN : id;
  }
}
