// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.send;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.flow.PatientRequest;
import io.ringside.spark.flow.PrepareTimeout;
import io.ringside.spark.metric.RetryReason;
import io.ringside.spark.metric.WriteTaskMetrics;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Prepares the statements of a task, again by other nodes where one is hung or gone. One per task,
 * used by its thread.
 */
public final class StatementPreparation {
  private final Function<SimpleStatement, PreparedStatement> session;
  private final SendPolicy policy;
  private final WriteTaskMetrics metrics;

  /** Prepares by this session. */
  public StatementPreparation(CqlSession session, SendPolicy policy, WriteTaskMetrics metrics) {
    this((Function<SimpleStatement, PreparedStatement>) session::prepare, policy, metrics);
  }

  /** As above, by what a test scripts. */
  StatementPreparation(
      Function<SimpleStatement, PreparedStatement> session,
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
    SimpleStatement statement =
        SimpleStatement.newInstance(cql)
            .setTimeout(PrepareTimeout.of(policy.write().send().requestTimeout()));
    AtomicInteger tries = new AtomicInteger(1);
    try {
      return PatientRequest.make(
          () -> session.apply(statement),
          policy.write().send().retryTime(),
          kind -> {
            tries.incrementAndGet();
            metrics.retried(RetryReason.valueOf(kind.name()));
          });
    } catch (DriverException e) {
      throw new SendErrors(policy).notPrepared(cql, tries.get(), e);
    }
  }
}
