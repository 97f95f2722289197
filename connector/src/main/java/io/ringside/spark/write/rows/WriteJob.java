// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.rows;

import io.ringside.spark.config.ConnectionConfig;
import io.ringside.spark.config.WriteConfig;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.write.send.Repetition;
import io.ringside.spark.write.send.SendPolicy;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a job that writes or deletes rows, whatever becomes of each of them. Immutable;
 * made on the driver, sent to executors.
 *
 * @param connection how to reach the cluster
 * @param send how mutations are sent
 * @param repetition whether the job's rows may be written once more
 * @param input the Spark schema of the job's rows
 */
public record WriteJob(
    ConnectionConfig connection, SendPolicy send, Repetition repetition, StructType input)
    implements Serializable {

  /** The table that is written. */
  public TableSpec table() {
    return send.table();
  }

  /** The options of the write. */
  public WriteConfig write() {
    return send.write();
  }

  /** The columns of the table that the rows have. */
  public List<ColumnSpec> columns() {
    List<String> names = List.of(input.fieldNames());
    return table().columns().stream().filter(column -> names.contains(column.name())).toList();
  }

  /** The job's write time in microseconds since the epoch, or null when coordinators give it. */
  public @Nullable Long startMicros() {
    return send.times().startMicros();
  }
}
