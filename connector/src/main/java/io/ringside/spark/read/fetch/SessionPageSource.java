// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.ExecutionInfo;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.TokenMap;
import io.ringside.spark.cql.CqlValue;
import io.ringside.spark.ring.Partitioner;
import io.ringside.spark.session.Sessions;
import io.ringside.spark.session.frame.AnswerRows;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Asks a session for pages with one prepared statement of each form for all targets. A statement is
 * prepared with its first request, so that a failure to prepare it is a failed request like any
 * other; the session prepares it anew where a server has forgotten it. One per task, used by the
 * task's thread.
 */
public final class SessionPageSource implements PageSource {
  private final CqlSession session;
  private final FetchQuery query;
  private final Partitioner partitioner;
  private final Coordinators coordinators;
  private final ConsistencyLevel consistency;
  private final PageTimes times;
  private final Map<PageRequest.Form, CompletableFuture<PreparedStatement>> prepared =
      new EnumMap<>(PageRequest.Form.class);

  /** Asks this session for pages of the query. */
  public SessionPageSource(
      CqlSession session, FetchQuery query, Partitioner partitioner, Coordinators coordinators) {
    this.session = session;
    this.query = query;
    this.partitioner = partitioner;
    this.coordinators = coordinators;
    this.times = PageTimes.of(query.statement(PageRequest.Form.PLANNED).cql());
    this.consistency = DefaultConsistencyLevel.valueOf(query.consistency().name());
  }

  @Override
  public CompletionStage<Answer> request(PageRequest request) {
    CompletableFuture<PreparedStatement> statement = prepared(request.form());
    CompletionStage<AsyncResultSet> page =
        statement.isDone() && !statement.isCompletedExceptionally()
            ? execute(statement.join(), request)
            : statement.thenCompose(ready -> execute(ready, request));
    return page.thenApply(rows -> answer(request, rows));
  }

  private CompletableFuture<PreparedStatement> prepared(PageRequest.Form form) {
    CompletableFuture<PreparedStatement> statement = prepared.get(form);
    if (statement == null || statement.isCompletedExceptionally()) {
      statement = Sessions.prepare(session, query.statement(form).cql());
      prepared.put(form, statement);
    }
    return statement;
  }

  private CompletionStage<AsyncResultSet> execute(
      PreparedStatement statement, PageRequest request) {
    BoundStatementBuilder bound =
        statement
            .boundStatementBuilder()
            .setPageSize(request.rows())
            .setConsistencyLevel(consistency)
            .setTimeout(query.timeout())
            .setIdempotence(true);
    int marker = 0;
    for (ByteBuffer value : values(request)) {
      bound = bound.setBytesUnsafe(marker++, value);
    }
    if (request.pagingState() != null) {
      bound = bound.setPagingState(request.pagingState());
    }
    Node node = request.coordinator() == null ? null : coordinators.node(request.coordinator());
    bound = node == null ? routed(bound, request.target()) : bound.setNode(node);
    return session.executeAsync(bound.build());
  }

  private Answer answer(PageRequest request, AsyncResultSet page) {
    ExecutionInfo info = page.getExecutionInfo();
    Owner asked = request.coordinator();
    Node answered = info.getCoordinator();
    boolean fromOwner =
        asked != null && answered != null && asked.id().equals(answered.getHostId());
    return new Answer(
        AnswerRows.of(page),
        Math.max(0, info.getResponseSizeInBytes()),
        info.getPagingState(),
        fromOwner);
  }

  private List<ByteBuffer> values(PageRequest request) {
    List<ByteBuffer> values = new ArrayList<>();
    if (request.target() instanceof ScanTarget.OfRange range) {
      values.add(partitioner.encode(range.range().start()));
      values.add(partitioner.encode(range.range().end()));
    } else if (request.target() instanceof ScanTarget.OfPartition partition) {
      partition.key().forEach(value -> values.add(value.buffer()));
    } else if (request.target() instanceof ScanTarget.OfPartitions several) {
      List<CqlValue> keys =
          several.partitions().stream().map(partition -> partition.key().get(0)).toList();
      values.add(CqlValue.listOf(keys).buffer());
    }
    for (CqlValue restriction : query.statement(request.form()).restrictions()) {
      values.add(restriction.buffer());
    }
    return values;
  }

  @Override
  public List<Owner> ownersOf(ScanTarget target) {
    return coordinators.ownersOf(target.token());
  }

  @Override
  public PageTimes times() {
    return times;
  }

  @Override
  public void avoid(Owner node) {
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
