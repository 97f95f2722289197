// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import org.apache.spark.sql.connector.write.BatchWrite;
import org.apache.spark.sql.connector.write.WriterCommitMessage;

/**
 * A job whose rows are in the table as soon as their tasks have written them: nothing is left for
 * its end. Driver only.
 */
interface RepeatableBatch extends BatchWrite {
  /** Mutations of one job timestamp are the same however often they are made. */
  @Override
  default boolean useCommitCoordinator() {
    return false;
  }

  @Override
  default void commit(WriterCommitMessage[] messages) {}

  @Override
  default void abort(WriterCommitMessage[] messages) {}
}
