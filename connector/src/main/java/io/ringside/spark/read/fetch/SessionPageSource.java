// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

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
import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.ring.Partitioner;
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
public final class SessionPageSource implements PageSource {
  private final CqlSession session;
  private final Partitioner partitioner;
  private final Coordinators coordinators;
  private final PreparedStatement statement;
  private final List<ByteBuffer> restrictions;
  private final ConsistencyLevel consistency;
  private final Duration timeout;

  /** Prepares the query. */
  public SessionPageSource(
      CqlSession session, FetchQuery query, Partitioner partitioner, Coordinators coordinators) {
    this.session = session;
    this.partitioner = partitioner;
    this.coordinators = coordinators;
    this.statement = prepare(session, query);
    this.restrictions = query.restrictions().stream().map(CqlValue::buffer).toList();
    this.consistency = DefaultConsistencyLevel.valueOf(query.consistency().name());
    this.timeout = query.timeout();
  }

  private static PreparedStatement prepare(CqlSession session, FetchQuery query) {
    try {
      return session.prepare(query.cql());
    } catch (DriverException e) {
      throw new ConnectorException(
          ErrorCode.READ_FAILED,
          "Cannot read %s: Cassandra does not prepare '%s': %s. Read with read.pushdown=false."
              .formatted(query.table(), query.cql(), String.valueOf(e.getMessage())),
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
