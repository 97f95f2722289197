// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.change;

import io.ringside.spark.config.ConnectionConfig;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.write.rows.Preparer;
import io.ringside.spark.write.send.Mutation;
import io.ringside.spark.write.send.SendPolicy;
import io.ringside.spark.write.send.WriteClock;
import java.io.Serializable;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.types.StructType;

/**
 * How a {@code DELETE}, {@code UPDATE} or {@code MERGE} changes rows that were read. Immutable;
 * made on the driver, sent to executors.
 */
public interface ChangePlan extends Serializable {
  /** How to reach the cluster. */
  ConnectionConfig connection();

  /** The rows as they were read. */
  StoredRows stored();

  /** How mutations are sent. */
  SendPolicy send();

  /** The columns that are read or written. */
  List<ColumnSpec> changed();

  /** The Spark schema of the rows to write, or of those to delete where none are written. */
  StructType input();

  /**
   * The changes of one task.
   *
   * @param clock gives updates and inserts their write times
   * @param out takes the mutations, one after another
   */
  RowChanges changes(WriteClock clock, Preparer preparer, Consumer<Mutation> out);

  /** The table that is changed. */
  default TableSpec table() {
    return send().table();
  }
}
