// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.config.PartitionOverwriteMode;
import io.ringside.spark.config.WriteOperation;
import io.ringside.spark.cql.PartitionSlices;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.error.Reason;
import io.ringside.spark.predicate.SlicePushdown;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.session.SessionLease;
import io.ringside.spark.session.Sessions;
import io.ringside.spark.write.change.KeyDeletePlanner;
import io.ringside.spark.write.rows.MutationPlan;
import io.ringside.spark.write.rows.WriteJob;
import java.util.List;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.write.LogicalWriteInfo;
import org.apache.spark.sql.connector.write.SupportsDynamicOverwrite;
import org.apache.spark.sql.connector.write.SupportsOverwriteV2;
import org.apache.spark.sql.connector.write.Write;
import org.apache.spark.sql.connector.write.WriteBuilder;
import org.apache.spark.sql.internal.connector.SupportsStreamingUpdateAsAppend;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Checks that rows fit a table and builds the write. Driver only; one per query. */
public final class CassandraWriteBuilder
    implements SupportsOverwriteV2, SupportsDynamicOverwrite, SupportsStreamingUpdateAsAppend {
  private final TableSpec table;
  private final ConnectorConfig config;
  private final LogicalWriteInfo info;
  private final StructType schema;
  private boolean truncates;
  private boolean replacesPartitions;
  private @Nullable PartitionSlices replaced;

  /**
   * A write of rows of the schema in {@code info}.
   *
   * @param schema the table's Spark schema
   */
  public CassandraWriteBuilder(
      TableSpec table, StructType schema, ConnectorConfig config, LogicalWriteInfo info) {
    this.table = table;
    this.config = config;
    this.info = info;
    this.schema = schema;
  }

  /**
   * Removes all rows of the table when the job starts, after all checks; or those of the partitions
   * that come in, as an option says.
   */
  @Override
  public WriteBuilder truncate() {
    replacesPartitions =
        config.write().job().partitionOverwrite() == PartitionOverwriteMode.DYNAMIC;
    truncates = !replacesPartitions;
    return this;
  }

  /** Replaces the partitions that come in, each with the requests that write its rows. */
  @Override
  public WriteBuilder overwriteDynamicPartitions() {
    replacesPartitions = true;
    return this;
  }

  /** True when statements by key name the rows to replace. */
  @Override
  public boolean canOverwrite(Predicate[] predicates) {
    return SlicePushdown.of(table, schema, List.of(predicates)) != null;
  }

  /** Deletes rows by key when the job starts, after all checks. */
  @Override
  public WriteBuilder overwrite(Predicate[] predicates) {
    replaced = SlicePushdown.of(table, schema, List.of(predicates));
    return this;
  }

  /**
   * The write, checked.
   *
   * @throws InvalidInputException when the table cannot be written, a key column is missing, a
   *     column does not fit or options contradict each other: before any task runs
   */
  @Override
  public Write build() {
    if (config.write().job().operation() == WriteOperation.DELETE) {
      if (truncates || replacesPartitions || replaced != null) {
        throw cannotOverwrite("option 'write.operation' is 'delete'. Append.");
      }
      return new CassandraWrite(KeyDeletePlanner.plan(table, config, info.schema()), null);
    }
    MutationPlan plan = WritePlanner.plan(table, config, info.schema());
    if (replacesPartitions) {
      return new CassandraWrite(ReplacementPlanner.plan(table, config, plan), null);
    }
    checkCondition(plan);
    return new CassandraWrite(plan, removal(plan.job()));
  }

  private @Nullable Removal removal(WriteJob job) {
    if (truncates && !job.write().job().confirmTruncate()) {
      throw cannotOverwrite(
          "all its rows would be removed first, and option 'confirm-truncate' is not true. Set it"
              + " to true for this write (in SQL, INSERT OVERWRITE <table> WITH"
              + " ('confirm-truncate'='true') …, and before Spark 4.0 SET"
              + " `spark.datasource.cassandra.confirm-truncate`=true), or append. To replace only"
              + " the partitions that come in, set 'partition-overwrite-mode' to dynamic.");
    }
    PartitionSlices old = replaced;
    if (truncates) {
      return Removal.ofAll(table, config);
    } else if (old == null) {
      return null;
    }
    Long written = job.startMicros();
    if (written == null
        || job.write().rows().timestampColumn() != null
        || job.write().rows().cellMetadata()) {
      throw cannotOverwrite(
          "rows are deleted by key first, and only with one write time for all rows is it sure that"
              + " the new ones come later. Use 'write.timestamp' as 'job', without"
              + " 'write.timestamp-column', 'write.cell-metadata', conditions and counters.");
    }
    return Removal.ofSlices(table, config, old, written - 1);
  }

  private InvalidInputException cannotOverwrite(String reason) {
    return new InvalidInputException(
        ErrorCode.INVALID_OPTION, "Cannot overwrite %s: %s".formatted(table.displayName(), reason));
  }

  /** Only the server can check a condition. */
  private static void checkCondition(MutationPlan plan) {
    String condition = plan.job().write().condition().condition();
    if (condition == null) {
      return;
    }
    try (SessionLease lease = Sessions.lease(plan.job().connection())) {
      var unused = plan.binder(lease.session()::prepare);
    } catch (QueryValidationException e) {
      throw new InvalidInputException(
          ErrorCode.INVALID_OPTION,
          "Cannot read option 'write.if': the server does not accept '%s': %s. Correct it."
              .formatted(plan.cql(), Reason.of(e)),
          e);
    }
  }
}
