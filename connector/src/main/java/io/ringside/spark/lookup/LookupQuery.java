// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.lookup;

import io.ringside.spark.cql.SelectQuery;
import io.ringside.spark.schema.ColumnSpec;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.types.StructType;

/**
 * What is asked for each key. Immutable; made on the driver, sent to executors.
 *
 * @param select the rows of one key
 * @param columns what the query's selections answer, in their order
 * @param answer the Spark types of the first of them, which the result has; none where it has no
 *     column of the table
 * @param key the partition key's columns in key order, then the first clustering columns
 * @param never whether no row of the table can satisfy the condition, so that nothing is asked
 */
record LookupQuery(
    JoinKind kind,
    SelectQuery select,
    List<ColumnSpec> columns,
    StructType answer,
    List<KeyColumn> key,
    boolean never)
    implements Serializable {
  /** Copies the lists. */
  LookupQuery {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
  }

  /** How many clustering columns the key has. */
  int clustering() {
    return key.size() - select.table().partitionKey().size();
  }
}
