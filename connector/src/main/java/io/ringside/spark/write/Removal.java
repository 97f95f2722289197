// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.cql.DeleteQuery;
import io.ringside.spark.cql.PartitionSlices;
import io.ringside.spark.cql.TruncateQuery;
import io.ringside.spark.cql.Using;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.write.change.Deletions;

/**
 * What an overwrite removes when its job starts. Driver only.
 *
 * @param cql for {@code EXPLAIN}
 * @param action removes, and returns when it is done
 */
record Removal(String cql, Runnable action) {

  /** All rows of a table. */
  static Removal ofAll(TableSpec table, ConnectorConfig config) {
    return new Removal(TruncateQuery.of(table), () -> TableTruncation.run(table, config));
  }

  /**
   * Rows by key.
   *
   * @param micros the write time of the deletion, before that of the new rows
   */
  static Removal ofSlices(
      TableSpec table, ConnectorConfig config, PartitionSlices slices, long micros) {
    return new Removal(
        DeleteQuery.ofSlice(table, new Using(true, false), slices.restrictions()),
        () -> SliceDelete.run(Deletions.at(table, config, micros), slices));
  }
}
