// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.send;

import com.datastax.oss.driver.api.core.cql.Statement;
import java.util.concurrent.CompletionStage;

/** The one place of a write that does I/O: a statement goes in, its outcome comes out later. */
@FunctionalInterface
public interface StatementSender {
  /**
   * Sends a statement; does not block.
   *
   * @return whether the condition of the statement held, true without a condition; or the failure
   */
  CompletionStage<Boolean> send(Statement<?> statement);
}
