// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.config.WriteConfig;
import io.ringside.spark.config.WriteTimestamp;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.error.UnsupportedException;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.write.rows.MutationPlan;
import io.ringside.spark.write.rows.ReplacementPlan;
import io.ringside.spark.write.rows.RowPlan;
import io.ringside.spark.write.rows.WriteJob;
import io.ringside.spark.write.send.RequestKind;
import io.ringside.spark.write.send.SendPolicy;
import io.ringside.spark.write.send.WriteTimes;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides how rows take the place of all that their partitions have: partitions are deleted one
 * microsecond before the job's write time, which all rows have. Only rows with lists that are not
 * frozen have later times, from there on. Asks nobody. Driver only.
 */
final class ReplacementPlanner {
  private final TableSpec table;

  private ReplacementPlanner(TableSpec table) {
    this.table = table;
  }

  /**
   * The plan for rows that are written as {@code plan} says.
   *
   * @throws InvalidInputException INVALID_OPTION for options that give rows other write times than
   *     the job's, or do not write whole rows
   * @throws UnsupportedException UNSUPPORTED_TABLE for counters, and for a partition key by which
   *     Spark cannot bring rows together
   */
  static MutationPlan plan(TableSpec table, ConnectorConfig config, MutationPlan plan) {
    return new ReplacementPlanner(table).plan(config.write(), plan);
  }

  private MutationPlan plan(WriteConfig write, MutationPlan plan) {
    if (table.hasCounters()) {
      throw unsupported(
          "it has counters, which can only be added to, and one that was deleted must not be used"
              + " again. Append, or write to a new table");
    }
    if (!KeyOrder.canCluster(table, plan.job().input())) {
      throw unsupported(
          "its partition key holds a map, by which Spark cannot bring rows together. Use"
              + " 'write.operation' as 'delete', and then append");
    }
    List<String> refused = refused(write);
    Long written = plan.job().startMicros();
    if (!refused.isEmpty() || written == null || !(plan instanceof RowPlan rows)) {
      throw new InvalidInputException(
          ErrorCode.INVALID_OPTION,
          "Cannot overwrite partitions of %s: each is deleted, and all its rows are written one microsecond later, which %s cannot follow. Leave out what is named, or append."
              .formatted(table.displayName(), String.join(", ", refused)));
    }
    WriteJob job = rows.job();
    SendPolicy send = job.send();
    WriteTimes times = send.kind() == RequestKind.LISTS ? send.times() : WriteTimes.at(written);
    return new ReplacementPlan(
        new RowPlan(
            new WriteJob(
                job.connection(),
                new SendPolicy(table, send.kind(), times, write),
                job.repetition(),
                job.input()),
            rows.row(),
            rows.staticRow()),
        written - 1);
  }

  private static List<String> refused(WriteConfig write) {
    List<String> refused = new ArrayList<>();
    if (write.rows().timestamp().source() == WriteTimestamp.Source.SERVER) {
      refused.add("'write.timestamp' as 'server'");
    }
    if (write.rows().timestampColumn() != null) {
      refused.add("'write.timestamp-column'");
    }
    if (write.rows().cellMetadata()) {
      refused.add("'write.cell-metadata'");
    }
    if (write.rows().changesCollections()) {
      refused.add("'write.collection'");
    }
    if (write.condition().condition() != null) {
      refused.add("'write.if'");
    }
    if (write.condition().ifNotExists()) {
      refused.add("'write.if-not-exists'");
    }
    return refused;
  }

  private UnsupportedException unsupported(String reason) {
    return new UnsupportedException(
        ErrorCode.UNSUPPORTED_TABLE,
        "Cannot overwrite partitions of %s: %s.".formatted(table.displayName(), reason));
  }
}
