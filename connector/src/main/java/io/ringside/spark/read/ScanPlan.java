// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read;

import io.ringside.spark.config.ConnectionConfig;
import io.ringside.spark.config.ReadConfig;
import io.ringside.spark.cql.SelectQuery;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.types.StructType;

/**
 * All that a task must know besides its targets. Immutable; made on the driver, sent to executors
 * once per stage.
 *
 * @param query for token ranges and for partitions alike: a runtime filter may turn one into the
 *     other after Spark has taken the plan
 * @param columns what the query's selections answer, in their order
 * @param readSchema their Spark types; may have no column although {@code columns} has one, which
 *     the query then only needs to be a query
 * @param limit a task needs no more rows than this; 0 for no limit
 */
record ScanPlan(
    SelectQuery query,
    List<ColumnSpec> columns,
    StructType readSchema,
    int limit,
    ConnectionConfig connection,
    ReadConfig read)
    implements Serializable {

  TableSpec table() {
    return query.table();
  }

  /** Whether an answer may take long however few rows it has. */
  boolean readsMoreThanItAnswers() {
    return query.allowFiltering() || aggregates();
  }

  /** Whether an answer is computed from rows that are not in it. */
  boolean aggregates() {
    return query.selections().stream().anyMatch(s -> s.kind().isAggregate());
  }
}
