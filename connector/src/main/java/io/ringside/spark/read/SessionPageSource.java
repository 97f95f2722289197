// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.TokenMap;
import io.ringside.spark.ring.Partitioner;
import io.ringside.spark.ring.RingRange;
import io.ringside.spark.session.Coordinators;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Asks a session for pages with one prepared statement for all ranges. The session prepares it anew
 * where a server has forgotten it. One per task, used by the task's thread.
 */
final class SessionPageSource implements PageSource {
  private final CqlSession session;
  private final Partitioner partitioner;
  private final Coordinators coordinators;
  private final PreparedStatement statement;
  private final ConsistencyLevel consistency;
  private final Duration timeout;

  SessionPageSource(
      CqlSession session, ScanPlan plan, Partitioner partitioner, Coordinators coordinators) {
    this.partitioner = partitioner;
    this.session = session;
    this.coordinators = coordinators;
    this.statement = session.prepare(plan.cql());
    this.consistency = DefaultConsistencyLevel.valueOf(plan.read().consistency().name());
    this.timeout = plan.read().pageTimeout();
  }

  @Override
  public CompletionStage<AsyncResultSet> request(
      RingRange range, @Nullable ByteBuffer pagingState, int rows, @Nullable Node coordinator) {
    BoundStatementBuilder request =
        statement
            .boundStatementBuilder()
            .setBytesUnsafe(0, partitioner.encode(range.start()))
            .setBytesUnsafe(1, partitioner.encode(range.end()))
            .setPageSize(rows)
            .setConsistencyLevel(consistency)
            .setTimeout(timeout)
            .setIdempotence(true);
    if (pagingState != null) {
      request = request.setPagingState(pagingState);
    }
    request = coordinator == null ? routed(request, range) : request.setNode(coordinator);
    return session.executeAsync(request.build());
  }

  @Override
  public List<Node> ownersOf(RingRange range) {
    return coordinators.ownersOf(range.end());
  }

  /** A range belongs to the owners of its end: its start is the last token of the range before. */
  private BoundStatementBuilder routed(BoundStatementBuilder request, RingRange range) {
    return session
        .getMetadata()
        .getTokenMap()
        .map((TokenMap tokens) -> request.setRoutingToken(tokens.parse(range.end().toString())))
        .orElse(request);
  }
}
