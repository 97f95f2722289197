// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.send;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.flow.PatientRequest;
import io.ringside.spark.flow.TaskLife;
import io.ringside.spark.metric.RetryReason;
import io.ringside.spark.metric.WriteTaskMetrics;
import io.ringside.spark.session.Sessions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Prepares the statements of a task, again by other nodes where one is hung or gone. One per task,
 * used by its thread.
 */
public final class StatementPreparation {
  private final Function<String, CompletableFuture<PreparedStatement>> session;
  private final SendPolicy policy;
  private final WriteTaskMetrics metrics;

  /** Prepares by this session. */
  public StatementPreparation(CqlSession session, SendPolicy policy, WriteTaskMetrics metrics) {
    this(cql -> Sessions.prepare(session, cql), policy, metrics);
  }

  /** As above, by what a test scripts. */
  StatementPreparation(
      Function<String, CompletableFuture<PreparedStatement>> session,
      SendPolicy policy,
      WriteTaskMetrics metrics) {
    this.session = session;
    this.policy = policy;
    this.metrics = metrics;
  }

  /**
   * Prepares a statement; blocks until it is.
   *
   * @throws ConnectorException WRITE_FAILED when no node has done it in the time to retry, or one
   *     refuses it
   */
  public PreparedStatement prepare(String cql) {
    AtomicInteger tries = new AtomicInteger(1);
    try {
      return PatientRequest.make(
          () -> await(session.apply(cql)),
          policy.write().send().retryTime(),
          kind -> {
            tries.incrementAndGet();
            metrics.retried(RetryReason.valueOf(kind.name()));
          });
    } catch (DriverException e) {
      throw new SendErrors(policy).notPrepared(cql, tries.get(), e);
    }
  }

  private static PreparedStatement await(CompletableFuture<PreparedStatement> prepared) {
    try {
      return prepared.get();
    } catch (ExecutionException e) {
      // A copy, as the future is shared and a thread adds to what it throws.
      throw e.getCause() instanceof DriverException failure
          ? failure.copy()
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      throw TaskLife.interrupted();
    }
  }
}
