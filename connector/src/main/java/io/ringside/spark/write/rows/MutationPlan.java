// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.rows;

import java.io.Serializable;

/** How each row of a job becomes a mutation. Immutable; made on the driver, sent to executors. */
public interface MutationPlan extends Serializable {
  /** The job. */
  WriteJob job();

  /** The statement of an ordinary row, for {@code EXPLAIN} and errors. */
  String cql();

  /**
   * Whether rows take the place of all that their partitions have, so that those of a partition
   * should come together, and in the same order however often a task runs.
   */
  default boolean replacesPartitions() {
    return false;
  }

  /**
   * Prepares the plan's statements for one task.
   *
   * @throws com.datastax.oss.driver.api.core.DriverException when the server refuses them
   * @throws io.ringside.spark.error.InvalidInputException when a value does not fit the condition
   *     that it is used in
   */
  RowToMutation binder(Preparer preparer);
}
