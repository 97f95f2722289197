// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.send;

import com.datastax.oss.driver.api.core.CqlSession;
import io.ringside.spark.cluster.TableWatch;
import io.ringside.spark.config.RateLimit;
import io.ringside.spark.config.SendConfig;
import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.metric.WriteTaskMetrics;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Sends mutations: collected into batches of one partition each, through the window. One per task,
 * used by its thread.
 */
public final class MutationSender {
  private final InFlightWrites inFlight;
  private final PartitionBatches batches;

  /**
   * Nothing sent yet.
   *
   * @param clock gives the write times of requests and of mutations that are sent again
   * @param rate this task's part of the job's rate limit, or null
   */
  public MutationSender(
      CqlSession session,
      SendPolicy policy,
      WriteClock clock,
      @Nullable RateLimit rate,
      WriteTaskMetrics metrics) {
    this(
        policy,
        new InFlightWrites(
            new SessionStatements(session),
            policy,
            clock,
            rate,
            metrics,
            new TableWatch(session, policy.table(), Instant.now())::obstacle));
  }

  /** As above, through requests that a test scripts. */
  MutationSender(SendPolicy policy, InFlightWrites inFlight) {
    this.inFlight = inFlight;
    SendConfig send = policy.write().send();
    this.batches =
        new PartitionBatches(
            policy.kind().mostRows(send.batchRows()),
            send.batchBytes(),
            send.bufferBytes(),
            inFlight::submit);
  }

  /**
   * Takes a mutation; sends it now or later.
   *
   * @throws ConnectorException the first failure of any request so far
   */
  public void add(Mutation mutation) {
    batches.add(mutation);
  }

  /**
   * Sends all that is left and waits until every request has been acknowledged.
   *
   * @throws ConnectorException the first failure of any request
   */
  public void finish() {
    batches.flush();
    inFlight.drain();
  }

  /** From now on nothing is sent. */
  public void stop() {
    batches.discard();
    inFlight.stop();
  }
}
