// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.cql.CqlValue;
import io.ringside.spark.cql.DeleteQuery;
import io.ringside.spark.cql.PartitionSlices;
import io.ringside.spark.metric.WriteTaskMetrics;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.session.SessionLease;
import io.ringside.spark.session.Sessions;
import io.ringside.spark.write.change.Deletions;
import io.ringside.spark.write.rows.MutationBuilder;
import io.ringside.spark.write.send.MutationSender;
import io.ringside.spark.write.send.Repetition;
import io.ringside.spark.write.send.StatementPreparation;
import io.ringside.spark.write.send.TaskPlace;
import java.util.List;

/**
 * Deletes slices of partitions, one statement each, without reading a row. Runs on the driver, in
 * the thread that plans the statement.
 */
public final class SliceDelete {
  private SliceDelete() {}

  /**
   * Deletes and waits until each statement has been acknowledged. Several statements are no
   * transaction: of a failure some may stay done, and doing all again is safe.
   *
   * @throws io.ringside.spark.error.ConnectorException WRITE_FAILED when a statement was not
   *     acknowledged however often it was tried
   */
  public static void run(TableSpec table, ConnectorConfig config, PartitionSlices slices) {
    run(Deletions.now(table, config), slices);
  }

  /** As {@link #run(TableSpec, ConnectorConfig, PartitionSlices)}, at their own write time. */
  static void run(Deletions deletions, PartitionSlices slices) {
    TableSpec table = deletions.send().table();
    String cql = DeleteQuery.ofSlice(table, deletions.using(), slices.restrictions());
    try (SessionLease lease = Sessions.lease(deletions.connection(), table.keyspace())) {
      SameTable.check(lease.session(), table, table.partitionKey());
      WriteTaskMetrics metrics = new WriteTaskMetrics();
      MutationSender sender =
          new MutationSender(
              lease.session(),
              deletions.send(),
              deletions.send().times().clock(TaskPlace.OF_DRIVER),
              null,
              metrics);
      try {
        PreparedStatement prepared =
            new StatementPreparation(lease.session(), deletions.send(), metrics).prepare(cql);
        MutationBuilder mutation = new MutationBuilder(table, prepared.bind());
        for (List<CqlValue> key : slices.keys()) {
          deletions.bindTime(mutation);
          key.forEach(value -> mutation.cell(value.buffer()));
          slices.restrictions().forEach(restriction -> mutation.cell(restriction.value().buffer()));
          sender.add(mutation.build(null, Repetition.SAME));
        }
        sender.finish();
      } finally {
        sender.stop();
      }
    }
  }
}
