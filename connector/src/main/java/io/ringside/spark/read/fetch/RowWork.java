// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import io.ringside.spark.types.vector.EncodedRows;
import org.jspecify.annotations.Nullable;

/**
 * Computes in the task what the server could not compute in time: takes the pages of one target's
 * rows, in the server's order, and gives what the planned statement would have answered. One per
 * target, used by the task's thread.
 */
public interface RowWork {
  /**
   * Takes the target's next rows.
   *
   * @return what is ready to be given, or null when nothing is
   */
  @Nullable EncodedRows take(EncodedRows rows);

  /** What is left to give after the last page, or null. */
  @Nullable EncodedRows end();
}
