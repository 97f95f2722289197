// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.rows;

import org.jspecify.annotations.Nullable;

/**
 * How rows are written by one statement each. Immutable; made on the driver, sent to executors.
 *
 * @param row the statement that writes one row
 * @param staticRow the statement for a row without clustering columns, which only sets the static
 *     columns of its partition; null when there is no such row
 */
public record RowPlan(WriteJob job, RowStatement row, @Nullable RowStatement staticRow)
    implements MutationPlan {

  @Override
  public String cql() {
    return row.cql();
  }

  @Override
  public RowToMutation binder(Preparer preparer) {
    return new RowBinder(job, row, staticRow, preparer);
  }
}
