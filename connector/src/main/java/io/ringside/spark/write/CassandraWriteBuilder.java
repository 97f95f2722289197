// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.session.SessionLease;
import io.ringside.spark.session.Sessions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.connector.write.LogicalWriteInfo;
import org.apache.spark.sql.connector.write.SupportsTruncate;
import org.apache.spark.sql.connector.write.Write;
import org.apache.spark.sql.connector.write.WriteBuilder;

/** Checks that rows fit a table and builds the write. Driver only; one per query. */
public final class CassandraWriteBuilder implements WriteBuilder, SupportsTruncate {
  private final TableSpec table;
  private final ConnectorConfig config;
  private final LogicalWriteInfo info;
  private boolean truncates;

  /** A write of rows of the schema in {@code info}. */
  public CassandraWriteBuilder(TableSpec table, ConnectorConfig config, LogicalWriteInfo info) {
    this.table = table;
    this.config = config;
    this.info = info;
  }

  /** Removes all rows of the table when the job starts, after all checks. */
  @Override
  public WriteBuilder truncate() {
    truncates = true;
    return this;
  }

  /**
   * The write, checked.
   *
   * @throws ConnectorException when the table cannot be written, a key column is missing, a column
   *     does not fit or options contradict each other: before any task runs
   */
  @Override
  public Write build() {
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    boolean speculation = SparkEnv.get().conf().getBoolean("spark.speculation", false);
    WritePlan plan = new WritePlanner(table, config, info.schema()).plan(now, speculation);
    if (truncates && !plan.write().confirmTruncate()) {
      throw new ConnectorException(
          ErrorCode.INVALID_OPTION,
          "Cannot overwrite %s: all its rows would be removed first, and option 'confirm-truncate' is not true. Set it to true, or append."
              .formatted(table.displayName()));
    }
    checkCondition(plan);
    return new CassandraWrite(plan, truncates);
  }

  /** Only the server can tell whether a condition is right. */
  private static void checkCondition(WritePlan plan) {
    String condition = plan.write().condition().condition();
    if (condition == null) {
      return;
    }
    try (SessionLease lease = Sessions.lease(plan.connection())) {
      var unused = new RowBinder(plan, lease.session());
    } catch (QueryValidationException e) {
      throw new ConnectorException(
          ErrorCode.INVALID_OPTION,
          "Cannot read option 'write.if': the server does not accept '%s': %s. Correct it."
              .formatted(plan.row().cql(), e.getMessage()),
          e);
    }
  }
}
