// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.send;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the statement of a request from the mutations of a batch. One per task; any thread. */
final class RequestStatements {
  private final RequestKind kind;
  private final ConsistencyLevel consistency;
  private final @Nullable ConsistencyLevel serialConsistency;
  private final Duration timeout;

  /** Statements of a policy. */
  RequestStatements(SendPolicy policy) {
    this.kind = policy.kind();
    this.consistency = DefaultConsistencyLevel.valueOf(policy.write().send().consistency().name());
    this.serialConsistency =
        kind == RequestKind.CONDITIONS
            ? DefaultConsistencyLevel.valueOf(policy.write().condition().consistency().name())
            : null;
    this.timeout = policy.write().send().requestTimeout();
  }

  /**
   * The statement of a batch.
   *
   * @param micros the write time of statements that do not bring their own, or null
   */
  Statement<?> of(Batch batch, @Nullable Long micros) {
    Statement<?> statement =
        bare(batch)
            .setConsistencyLevel(consistency)
            .setSerialConsistencyLevel(serialConsistency)
            .setTimeout(timeout)
            .setIdempotent(batch.repetition() == Repetition.SAME);
    return micros == null ? statement : statement.setQueryTimestamp(micros);
  }

  private Statement<?> bare(Batch batch) {
    List<Mutation> mutations = batch.mutations();
    BoundStatement first = mutations.get(0).statements().get(0);
    BoundStatement deletion = batch.deletion();
    if (deletion == null && mutations.size() == 1 && mutations.get(0).statements().size() == 1) {
      return first;
    }
    BatchStatementBuilder builder = BatchStatement.builder(kind.batchType());
    if (deletion != null) {
      builder.addStatement(deletion);
    }
    for (Mutation mutation : mutations) {
      mutation.statements().forEach(builder::addStatement);
    }
    return builder
        .setRoutingKeyspace(first.getRoutingKeyspace())
        .setRoutingKey(batch.partition())
        .build();
  }
}
