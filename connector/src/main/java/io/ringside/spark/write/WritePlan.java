// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import io.ringside.spark.config.ConnectionConfig;
import io.ringside.spark.config.WriteConfig;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * All that a task must know to write rows. Immutable; made on the driver, sent to executors.
 *
 * @param columns the table's columns in the order of the input's fields
 * @param input the Spark schema of the rows to write
 * @param cql the statement that writes one row; its markers are the columns, then the time to live
 *     if there is one
 * @param timestampMicros the write time of all cells of the job, microseconds since the epoch, or
 *     null when each coordinator gives its own
 */
record WritePlan(
    TableSpec table,
    List<ColumnSpec> columns,
    StructType input,
    String cql,
    @Nullable Long timestampMicros,
    ConnectionConfig connection,
    WriteConfig write)
    implements Serializable {}
