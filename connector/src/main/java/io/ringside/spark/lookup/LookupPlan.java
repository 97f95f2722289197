// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.lookup;

import io.ringside.spark.config.ConnectionConfig;
import io.ringside.spark.config.RateLimit;
import io.ringside.spark.config.ReadConfig;
import io.ringside.spark.ring.Partitioner;
import io.ringside.spark.schema.TableSpec;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * All that a task of a lookup join must know. Immutable; made on the driver, sent to executors.
 *
 * @param datasetColumns first columns of the rows that tasks get, which the result has
 * @param partitionBytes mean bytes of a partition, 0 when unknown
 * @param rate each task's part of the rate limit, or null
 */
record LookupPlan(
    LookupQuery query,
    int datasetColumns,
    ConnectionConfig connection,
    ReadConfig read,
    Partitioner partitioner,
    double partitionBytes,
    @Nullable RateLimit rate)
    implements Serializable {

  TableSpec table() {
    return query.select().table();
  }

  JoinKind kind() {
    return query.kind();
  }
}
