// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import io.ringside.spark.config.CollectionWrite;
import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.config.WriteConfig;
import io.ringside.spark.config.WriteTimestamp;
import io.ringside.spark.cql.ConditionText;
import io.ringside.spark.error.ConnectorThrowable;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.types.DecimalTypes;
import io.ringside.spark.write.rows.DataColumns;
import io.ringside.spark.write.rows.MutationPlan;
import io.ringside.spark.write.rows.Part;
import io.ringside.spark.write.rows.RowPlan;
import io.ringside.spark.write.rows.RowStatementBuilder;
import io.ringside.spark.write.rows.WriteErrors;
import io.ringside.spark.write.rows.WriteJob;
import io.ringside.spark.write.rows.WriteTargets;
import io.ringside.spark.write.send.Repetition;
import io.ringside.spark.write.send.RequestKind;
import io.ringside.spark.write.send.SendPolicy;
import io.ringside.spark.write.send.WriteTimes;
import io.ringside.spark.write.timed.TimedCells;
import io.ringside.spark.write.timed.TimedCellsPlanner;
import io.ringside.spark.write.timed.TimedPlan;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Decides how rows of a schema are written to a table and collects everything that speaks against
 * it, so that a user sees all of it at once. Asks nobody. Driver only; one per query.
 */
public final class WritePlanner {
  private final TableSpec table;
  private final ConnectorConfig config;
  private final WriteConfig write;
  private final StructType input;
  private final WriteErrors errors;
  private final WriteTargets targets;

  public WritePlanner(TableSpec table, ConnectorConfig config, StructType input) {
    this.table = table;
    this.config = config;
    this.write = config.write();
    this.input = input;
    this.errors = new WriteErrors();
    this.targets = new WriteTargets(table, write, input, errors);
  }

  /**
   * The plan of a job that starts now.
   *
   * @throws RuntimeException a {@link ConnectorThrowable} with everything that is wrong
   */
  static MutationPlan plan(TableSpec table, ConnectorConfig config, StructType input) {
    boolean speculation = SparkEnv.get().conf().getBoolean("spark.speculation", false);
    return new WritePlanner(table, config, input).plan(WriteTimes.nowMicros(), speculation);
  }

  /**
   * The plan.
   *
   * @param nowMicros the job's start, microseconds since the epoch
   * @param speculation whether Spark runs copies of slow tasks
   * @throws RuntimeException a {@link ConnectorThrowable} with everything that is wrong
   */
  MutationPlan plan(long nowMicros, boolean speculation) {
    WriteErrors.failIfNoTable(table);
    List<String> twice = DataColumns.repeated(input);
    if (!twice.isEmpty()) {
      errors.add(ErrorCode.INVALID_SCHEMA, DataColumns.moreThanOne(twice));
    }
    ConditionText condition =
        write.condition().condition() == null
            ? null
            : ConditionText.parse(write.condition().condition());
    targets.find(condition == null ? List.of() : condition.names());
    targets.checkKey(DecimalTypes.parse(config.decimals()));
    TimedCells timed = timed();
    RequestKind kind = kind();
    Repetition repetition = repetition(timed, kind);
    checkOptions(kind, repetition, speculation);
    errors.failIfAny(table);
    WriteJob job =
        new WriteJob(
            config.connection(),
            new SendPolicy(table, kind, times(kind, nowMicros), write),
            repetition,
            input);
    return timed == null ? rows(job, condition) : new TimedPlan(job, timed);
  }

  private RowPlan rows(WriteJob job, @Nullable ConditionText condition) {
    RequestKind kind = job.send().kind();
    List<Part> all = targets.parts();
    RowStatementBuilder statements = new RowStatementBuilder(table, write, input, condition);
    boolean mayOmitClustering =
        targets.has(ColumnKind.CLUSTERING) && targets.has(ColumnKind.STATIC);
    return new RowPlan(
        job,
        statements.build(all, kind),
        mayOmitClustering
            ? statements.build(
                all.stream().filter(target -> isOfPartition(target.column())).toList(), kind)
            : null);
  }

  /** A write time that the user fixes is kept to the microsecond, where that doubles nothing. */
  private WriteTimes times(RequestKind kind, long nowMicros) {
    Long start = kind.takesWriteTime() ? WriteTimes.startMicros(write, nowMicros) : null;
    if (start == null) {
      return WriteTimes.ofCoordinators();
    }
    boolean exact =
        write.rows().timestamp().source() == WriteTimestamp.Source.FIXED
            && kind != RequestKind.LISTS;
    return exact ? WriteTimes.at(start) : WriteTimes.from(start);
  }

  private @Nullable TimedCells timed() {
    if (!write.rows().cellMetadata()) {
      return null;
    }
    if (table.hasCounters()) {
      errors.add(
          ErrorCode.INVALID_OPTION,
          "counters get their write time from the server. Leave out 'write.cell-metadata'.");
      return null;
    }
    return new TimedCellsPlanner(
            table, input, reason -> errors.add(ErrorCode.INVALID_SCHEMA, reason))
        .plan(targets.parts(), write);
  }

  private RequestKind kind() {
    if (table.hasCounters()) {
      return RequestKind.COUNTERS;
    } else if (write.condition().isSet()) {
      return RequestKind.CONDITIONS;
    }
    boolean ofJob =
        write.rows().timestamp().source() != WriteTimestamp.Source.SERVER
            && write.rows().timestampColumn() == null;
    return ofJob && targets.setLists(CollectionWrite.OVERWRITE)
        ? RequestKind.LISTS
        : RequestKind.UPSERTS;
  }

  /** The strictest of what the columns and options say. */
  private Repetition repetition(@Nullable TimedCells timed, RequestKind kind) {
    boolean adds =
        targets.setLists(CollectionWrite.APPEND) || targets.setLists(CollectionWrite.PREPEND);
    boolean atOwnTime =
        write.rows().timestampColumn() != null && targets.setLists(CollectionWrite.OVERWRITE);
    boolean timedLists =
        timed != null && timed.cells().stream().anyMatch(TimedCellsPlanner::isList);
    if (kind == RequestKind.COUNTERS || adds || atOwnTime || timedLists) {
      return Repetition.NEVER;
    } else if (kind == RequestKind.CONDITIONS) {
      return Repetition.CHECKED;
    }
    return kind == RequestKind.LISTS ? Repetition.LATER : Repetition.SAME;
  }

  private void checkOptions(RequestKind kind, Repetition repetition, boolean speculation) {
    targets.checkCollections();
    targets.checkStaticLists();
    if (RowStatementBuilder.updates(kind, write)
        && !targets.has(ColumnKind.REGULAR)
        && !targets.has(ColumnKind.STATIC)) {
      errors.add(
          ErrorCode.INVALID_SCHEMA,
          "the data has no column to change. Add one besides the primary key.");
    }
    if (!kind.takesWriteTime()
        && (write.rows().timestampColumn() != null
            || write.rows().timestamp().source() == WriteTimestamp.Source.FIXED)) {
      errors.add(
          ErrorCode.INVALID_OPTION,
          "%s get their write time from the server. Leave out 'write.timestamp' and 'write.timestamp-column'."
              .formatted(kind == RequestKind.COUNTERS ? "counters" : "conditional writes"));
    }
    if (kind == RequestKind.COUNTERS) {
      if (write.rows().ttlSeconds() != null || write.rows().ttlColumn() != null) {
        errors.add(
            ErrorCode.INVALID_OPTION,
            "counters have no time to live. Leave out 'write.ttl' and 'write.ttl-column'.");
      }
      if (write.condition().isSet()) {
        errors.add(
            ErrorCode.INVALID_OPTION,
            "counters cannot be changed conditionally. Leave out 'write.if' and"
                + " 'write.if-not-exists'.");
      }
    }
    if (!repetition.allowsTasksAgain() && speculation && !write.job().allowSpeculation()) {
      errors.add(
          ErrorCode.UNSUPPORTED_OPERATION,
          "spark.speculation is on, and a copy of a task would add to %s once more. Set it to false, or set 'write.allow-speculation' if that does no harm."
              .formatted(kind == RequestKind.COUNTERS ? "counters" : "lists"));
    }
  }

  private static boolean isOfPartition(ColumnSpec column) {
    return column.kind() == ColumnKind.PARTITION_KEY || column.kind() == ColumnKind.STATIC;
  }
}
