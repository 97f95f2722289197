// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import io.ringside.spark.config.OnTruncate;
import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.flow.TaskLife;
import io.ringside.spark.schema.TableSpec;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that a table was truncated while a task read it: Cassandra has no snapshots, and the task
 * would end with fewer rows and no error. Compares what a node that owns rows has written down of
 * the table's last truncation ({@code system.local}) before and after. Where the node does not
 * answer, nothing is noticed. One per task, used by the task's thread.
 */
public final class TruncationCheck {
  private static final String TRUNCATIONS = "SELECT truncated_at FROM system.local";
  private static final long MOST_MILLIS = 1_000;
  private static final Logger LOG = LoggerFactory.getLogger(TruncationCheck.class);

  private final CqlSession session;
  private final TableSpec table;
  private final OnTruncate onTruncate;
  private final @Nullable Node node;
  private final CompletableFuture<@Nullable ByteBuffer> before;

  /**
   * Asks for the last truncation and does not wait for the answer.
   *
   * @param token of which an owner is asked
   */
  public TruncationCheck(
      CqlSession session,
      TableSpec table,
      Coordinators coordinators,
      BigInteger token,
      OnTruncate onTruncate) {
    this.session = session;
    this.table = table;
    List<Owner> owners = coordinators.ownersOf(token);
    this.node = owners.isEmpty() ? null : coordinators.node(owners.get(0));
    this.onTruncate = onTruncate;
    this.before = truncation();
  }

  /**
   * To be called when all rows have been read.
   *
   * @throws ConnectorException READ_FAILED when the table was truncated since the check was made
   *     and the scan is to fail then
   */
  public void end() {
    if (!before.isDone() || before.isCompletedExceptionally()) {
      return;
    }
    CompletableFuture<@Nullable ByteBuffer> present = truncation();
    ByteBuffer after;
    try {
      after = present.get(MOST_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw TaskLife.interrupted();
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("{} does not tell whether {} was truncated", node, table.displayName(), e);
      return;
    }
    if (after == null || after.equals(before.join())) {
      return;
    }
    String text =
        "Cannot read all of %s: it was truncated while this task read it, so that rows are missing."
            .formatted(table.displayName());
    if (onTruncate == OnTruncate.FAIL) {
      throw new ConnectorException(
          ErrorCode.READ_FAILED,
          text + " Read it again; with read.on-truncate=warn this is a warning.");
    }
    LOG.warn(text);
  }

  private CompletableFuture<@Nullable ByteBuffer> truncation() {
    UUID id = table.id();
    if (node == null || id == null) {
      return CompletableFuture.failedFuture(new IllegalStateException("no owner or no id"));
    }
    try {
      return session
          .executeAsync(SimpleStatement.newInstance(TRUNCATIONS).setNode(node))
          .thenApply(rows -> of(rows, id))
          .toCompletableFuture();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static @Nullable ByteBuffer of(AsyncResultSet rows, UUID table) {
    Row row = rows.one();
    Map<UUID, ByteBuffer> truncations =
        row == null ? null : row.getMap(0, UUID.class, ByteBuffer.class);
    return truncations == null ? null : truncations.get(table);
  }
}
