// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.send;

import io.ringside.spark.config.WriteConfig;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import java.io.Serializable;

/**
 * How the mutations of a job are sent. Immutable; made on the driver, sent to executors.
 *
 * @param times of requests whose statements do not bring their own
 */
public record SendPolicy(TableSpec table, RequestKind kind, WriteTimes times, WriteConfig write)
    implements Serializable {

  /** The names of the partition key's columns, as errors show them. */
  String partitionKey() {
    return String.join(", ", table.partitionKey().stream().map(ColumnSpec::name).toList());
  }
}
