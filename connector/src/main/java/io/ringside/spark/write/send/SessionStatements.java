// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.send;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Sends statements through a session. */
record SessionStatements(CqlSession session) implements StatementSender {
  @Override
  public CompletionStage<Boolean> send(Statement<?> statement) {
    try {
      return session.executeAsync(statement).thenApply(AsyncResultSet::wasApplied);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
