// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.ringside.spark.cluster.TableSizeReader;
import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.cql.TruncateQuery;
import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.Reason;
import io.ringside.spark.error.UnsupportedException;
import io.ringside.spark.flow.FailureKind;
import io.ringside.spark.flow.PatientRequest;
import io.ringside.spark.flow.Refusal;
import io.ringside.spark.schema.TableKind;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.session.SessionLease;
import io.ringside.spark.session.Sessions;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes all rows of a table. Driver only. */
public final class TableTruncation {
  /** Servers give each other a minute by default; the client must outwait them. */
  private static final Duration TIMEOUT = Duration.ofSeconds(90);

  private static final Logger LOG = LoggerFactory.getLogger(TableTruncation.class);

  private TableTruncation() {}

  /**
   * Truncates a table; returns when all nodes have done so. Cassandra needs every node for it, and
   * keeps a snapshot unless it is configured not to. It is tried again for {@code
   * write.retry-time}, as a node may come back.
   *
   * @throws UnsupportedException UNSUPPORTED_TABLE for a view or a virtual table, WRITE_FAILED when
   *     the servers do not do it; some of them may have
   */
  public static void run(TableSpec table, ConnectorConfig config) {
    if (table.kind() != TableKind.TABLE) {
      throw new UnsupportedException(
          ErrorCode.UNSUPPORTED_TABLE,
          "Cannot truncate %s: it is not a table. Truncate the table behind it."
              .formatted(table.displayName()));
    }
    try (SessionLease lease = Sessions.lease(config.connection())) {
      SimpleStatement truncate =
          SimpleStatement.newInstance(TruncateQuery.of(table)).setTimeout(TIMEOUT);
      Duration retryTime = config.write().send().retryTime();
      PatientRequest.make(
          () -> lease.session().execute(truncate),
          retryTime,
          kind ->
              LOG.warn(
                  "{} was not truncated ({}). It is tried again, for {} in all. Truncation needs"
                      + " all nodes.",
                  table.displayName(),
                  kind,
                  retryTime));
      TableSizeReader.forget(table.keyspace(), table.table());
    } catch (DriverException e) {
      throw new ConnectorException(
          ErrorCode.WRITE_FAILED,
          "Cannot truncate %s: %s. %s; nothing was written yet, and it can be tried again."
              .formatted(table.displayName(), Reason.of(e), remedy(e)),
          e);
    }
  }

  private static String remedy(DriverException failure) {
    if (FailureKind.of(failure) != FailureKind.FATAL) {
      return "All nodes must be up for it";
    }
    return switch (Refusal.of(failure)) {
      case NO_PERMISSION -> "Grant MODIFY on the table to this user";
      case TABLE_CHANGED -> "Load the table again";
      case OTHER -> "Look at the node's log";
    };
  }
}
