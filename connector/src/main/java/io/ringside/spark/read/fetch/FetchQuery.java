// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import io.ringside.spark.config.ConsistencyLevel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the targets of a task are asked for. One per task.
 *
 * @param planned answers what the scan wants
 * @param partitions answers what the scan wants of several partitions, with the key behind it; null
 *     where they are read one by one
 * @param rows answers the rows from which the task can compute that itself; null where the two
 *     would be the same
 * @param timeout for one request
 */
public record FetchQuery(
    FetchStatement planned,
    @Nullable FetchStatement partitions,
    @Nullable FetchStatement rows,
    ConsistencyLevel consistency,
    Duration timeout) {

  FetchStatement statement(PageRequest.Form form) {
    FetchStatement other =
        switch (form) {
          case PLANNED -> planned;
          case PARTITIONS -> partitions;
          case ROWS -> rows;
        };
    return other == null ? planned : other;
  }
}
