// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.timed;

import io.ringside.spark.write.rows.MutationPlan;
import io.ringside.spark.write.rows.Preparer;
import io.ringside.spark.write.rows.RowToMutation;
import io.ringside.spark.write.rows.WriteJob;

/**
 * How rows are written whose cells bring their own times. Immutable; made on the driver, sent to
 * executors.
 *
 * @param cells which statements write cells of which times
 */
public record TimedPlan(WriteJob job, TimedCells cells) implements MutationPlan {
  @Override
  public String cql() {
    String insert = cells.insert();
    return insert == null ? String.valueOf(cells.updatePartition()) : insert;
  }

  @Override
  public RowToMutation binder(Preparer preparer) {
    return new TimedRowBinder(job, cells, preparer, System::currentTimeMillis);
  }
}
