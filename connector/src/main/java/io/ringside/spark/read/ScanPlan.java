// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read;

import io.ringside.spark.config.ConnectionConfig;
import io.ringside.spark.config.ReadConfig;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.types.StructType;

/**
 * All that a task must know besides its token ranges. Immutable; made on the driver, sent to
 * executors once per stage.
 *
 * @param columns the columns that the query selects, in this order
 * @param readSchema their Spark types; may have no column although {@code columns} has one, which
 *     the query then only needs to be a query
 * @param cql the query's text; its markers are the range's start and end
 */
record ScanPlan(
    TableSpec table,
    List<ColumnSpec> columns,
    StructType readSchema,
    String cql,
    ConnectionConfig connection,
    ReadConfig read)
    implements Serializable {}
