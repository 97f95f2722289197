// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.Statement;
import io.ringside.spark.config.RateLimit;
import io.ringside.spark.metric.WriteTaskMetrics;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends mutations that carry their own write times: collected into batches of one partition each,
 * through the window. The order does not matter, as write times decide. One per task, used by its
 * thread.
 */
final class MutationSender {
  /** What a mutation takes in memory besides its values: the statement and its arrays. */
  private static final int OVERHEAD_BYTES = 256;

  private final InFlightWrites inFlight;
  private final PartitionBatches<ByteBuffer, Mutation> batches;
  private final ConsistencyLevel consistency;
  private final Duration timeout;
  private final boolean idempotent;

  /**
   * Nothing sent yet.
   *
   * @param rate this task's part of the job's rate limit, or null
   */
  MutationSender(
      CqlSession session, WritePlan plan, @Nullable RateLimit rate, WriteTaskMetrics metrics) {
    this.inFlight = new InFlightWrites(session, plan, rate, metrics);
    this.batches =
        new PartitionBatches<>(
            plan.write().batchRows(),
            plan.write().batchBytes(),
            plan.write().bufferBytes(),
            OVERHEAD_BYTES,
            this::send);
    this.consistency = DefaultConsistencyLevel.valueOf(plan.write().consistency().name());
    this.timeout = plan.write().requestTimeout();
    this.idempotent = plan.kind().isIdempotent();
  }

  /**
   * Takes a mutation; sends it now or later.
   *
   * @throws io.ringside.spark.error.ConnectorException the first failure of any request so far
   */
  void add(Mutation mutation) {
    batches.add(mutation.partition(), mutation, mutation.bytes());
  }

  /**
   * Sends all that is left and waits until every request has been acknowledged.
   *
   * @throws io.ringside.spark.error.ConnectorException the first failure of any request
   */
  void finish() {
    batches.flush();
    inFlight.drain();
  }

  /** From now on nothing is sent. */
  void stop() {
    batches.discard();
    inFlight.stop();
  }

  private void send(List<Mutation> mutations) {
    long bytes = 0;
    for (Mutation mutation : mutations) {
      bytes += mutation.bytes();
    }
    inFlight.submit(
        statement(mutations)
            .setConsistencyLevel(consistency)
            .setTimeout(timeout)
            .setIdempotent(idempotent),
        mutations.get(0).partition(),
        mutations.size(),
        bytes);
  }

  private static Statement<?> statement(List<Mutation> mutations) {
    Mutation first = mutations.get(0);
    if (mutations.size() == 1) {
      return first.statement();
    }
    BatchStatementBuilder batch = BatchStatement.builder(DefaultBatchType.UNLOGGED);
    for (Mutation mutation : mutations) {
      batch.addStatement(mutation.statement());
    }
    return batch
        .setRoutingKeyspace(first.statement().getRoutingKeyspace())
        .setRoutingKey(first.partition())
        .build();
  }
}
