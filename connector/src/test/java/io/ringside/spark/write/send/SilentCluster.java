// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.send;

import com.datastax.oss.driver.api.core.cql.Statement;
import io.ringside.spark.metric.WriteTaskMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A cluster that takes requests and never answers: they stay in memory, as do the batches. */
public final class SilentCluster {
  private final List<Statement<?>> requests = new ArrayList<>();

  /** A sender to it. */
  public MutationSender sender(SendPolicy policy) {
    return new MutationSender(
        policy,
        new InFlightWrites(
            this::send,
            policy,
            policy.times().clock(TaskPlace.OF_DRIVER),
            null,
            new WriteTaskMetrics(),
            () -> null));
  }

  private CompletionStage<Boolean> send(Statement<?> statement) {
    synchronized (requests) {
      requests.add(statement);
    }
    return new CompletableFuture<>();
  }

  /** How many requests are under way. */
  public int requests() {
    synchronized (requests) {
      return requests.size();
    }
  }
}
