// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.TokenMap;
import io.ringside.spark.cql.CqlValue;
import io.ringside.spark.cql.Restriction;
import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.ring.Partitioner;
import io.ringside.spark.session.Coordinators;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Asks a session for pages with one prepared statement for all targets of a kind. The session
 * prepares it anew where a server has forgotten it. One per task, used by the task's thread.
 */
final class SessionPageSource implements PageSource {
  private final CqlSession session;
  private final Partitioner partitioner;
  private final Coordinators coordinators;
  private final PreparedStatement statement;
  private final List<ByteBuffer> restrictions;
  private final ConsistencyLevel consistency;
  private final Duration timeout;

  /**
   * Prepares the query.
   *
   * @param byKey whether the targets are partitions, not token ranges
   */
  SessionPageSource(
      CqlSession session,
      ScanPlan plan,
      Partitioner partitioner,
      Coordinators coordinators,
      boolean byKey) {
    this.session = session;
    this.partitioner = partitioner;
    this.coordinators = coordinators;
    this.statement =
        prepare(session, plan, byKey ? plan.query().partition() : plan.query().tokenRange());
    this.restrictions =
        plan.query().restrictions().stream().map(Restriction::value).map(CqlValue::buffer).toList();
    this.consistency = DefaultConsistencyLevel.valueOf(plan.read().consistency().name());
    this.timeout = plan.read().pageTimeout();
  }

  private static PreparedStatement prepare(CqlSession session, ScanPlan plan, String cql) {
    try {
      return session.prepare(cql);
    } catch (DriverException e) {
      throw new ConnectorException(
          ErrorCode.READ_FAILED,
          "Cannot read %s: Cassandra does not prepare '%s': %s. Read with read.pushdown=false."
              .formatted(plan.table().displayName(), cql, String.valueOf(e.getMessage())),
          e);
    }
  }

  @Override
  public CompletionStage<AsyncResultSet> request(
      ScanTarget target, @Nullable ByteBuffer pagingState, int rows, @Nullable Node coordinator) {
    BoundStatementBuilder request =
        statement
            .boundStatementBuilder()
            .setPageSize(rows)
            .setConsistencyLevel(consistency)
            .setTimeout(timeout)
            .setIdempotence(true);
    int marker = 0;
    for (ByteBuffer value : values(target)) {
      request = request.setBytesUnsafe(marker++, value);
    }
    if (pagingState != null) {
      request = request.setPagingState(pagingState);
    }
    request = coordinator == null ? routed(request, target) : request.setNode(coordinator);
    return session.executeAsync(request.build());
  }

  private List<ByteBuffer> values(ScanTarget target) {
    List<ByteBuffer> values = new ArrayList<>();
    if (target instanceof ScanTarget.OfRange range) {
      values.add(partitioner.encode(range.range().start()));
      values.add(partitioner.encode(range.range().end()));
    } else if (target instanceof ScanTarget.OfPartition partition) {
      partition.key().forEach(value -> values.add(value.buffer()));
    }
    values.addAll(restrictions);
    return values;
  }

  @Override
  public List<Node> ownersOf(ScanTarget target) {
    return coordinators.ownersOf(target.token());
  }

  @Override
  public void avoid(Node node) {
    coordinators.avoid(node);
  }

  private BoundStatementBuilder routed(BoundStatementBuilder request, ScanTarget target) {
    return session
        .getMetadata()
        .getTokenMap()
        .map((TokenMap tokens) -> request.setRoutingToken(tokens.parse(target.token().toString())))
        .orElse(request);
  }
}
