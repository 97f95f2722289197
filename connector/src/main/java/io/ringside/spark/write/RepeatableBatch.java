// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import io.ringside.spark.cluster.TableSizeReader;
import io.ringside.spark.schema.TableSpec;
import org.apache.spark.sql.connector.write.BatchWrite;
import org.apache.spark.sql.connector.write.WriterCommitMessage;

/**
 * A job whose rows are in the table as soon as their tasks have written them: at its end only what
 * was known of the table's size is forgotten. Driver only.
 */
interface RepeatableBatch extends BatchWrite {
  /** The table that is written. */
  TableSpec table();

  /** Mutations of one job timestamp are the same however often they are made. */
  @Override
  default boolean useCommitCoordinator() {
    return false;
  }

  @Override
  default void commit(WriterCommitMessage[] messages) {
    TableSizeReader.forget(table().keyspace(), table().table());
  }

  @Override
  default void abort(WriterCommitMessage[] messages) {}
}
