// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.rows;

import io.ringside.spark.cql.DeleteQuery;
import io.ringside.spark.cql.Using;
import io.ringside.spark.schema.ColumnSpec;

/**
 * How rows take the place of all that their partitions have. Every request deletes its partition at
 * one write time and writes rows at a later one, in one mutation of Cassandra. Whichever request of
 * a partition comes first, a replica that has any of the new rows has none of the old ones, and a
 * coordinator that merges replicas drops what the deletion covers. Immutable; made on the driver,
 * sent to executors.
 *
 * @param rows how they are written, later than the deletion
 * @param deletionMicros the write time of the deletion, microseconds since the epoch
 */
public record ReplacementPlan(RowPlan rows, long deletionMicros) implements MutationPlan {
  @Override
  public WriteJob job() {
    return rows.job();
  }

  @Override
  public String cql() {
    return deletion() + "; " + rows.cql();
  }

  /** Deletes a partition: the markers are the write time and the partition key. */
  private String deletion() {
    return DeleteQuery.ofRows(
        job().table(),
        new Using(true, false),
        job().table().partitionKey().stream().map(ColumnSpec::name).toList());
  }

  @Override
  public boolean replacesPartitions() {
    return true;
  }

  @Override
  public RowToMutation binder(Preparer preparer) {
    return new PartitionReplacer(
        job(),
        rows.binder(preparer),
        new MutationBuilder(job().table(), preparer.prepare(deletion()).bind()),
        deletionMicros);
  }
}
