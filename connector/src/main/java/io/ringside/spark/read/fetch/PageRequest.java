// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a scan asks for.
 *
 * @param pagingState where the page before ended, or null for the first page of the target
 * @param rows at most this many rows, at least 1
 * @param coordinator the node to ask, or null to let the session choose
 */
public record PageRequest(
    ScanTarget target,
    Form form,
    @Nullable ByteBuffer pagingState,
    int rows,
    @Nullable Owner coordinator) {

  /** Which statement reads the target. */
  public enum Form {
    /** The one that answers what the scan wants. */
    PLANNED,
    /** The one that answers what the scan wants of several partitions. */
    PARTITIONS,
    /** The one that answers the rows from which the task itself computes what the scan wants. */
    ROWS
  }
}
