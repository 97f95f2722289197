// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.write.BatchWrite;
import org.apache.spark.sql.connector.write.DataWriter;
import org.apache.spark.sql.connector.write.DataWriterFactory;
import org.apache.spark.sql.connector.write.PhysicalWriteInfo;
import org.apache.spark.sql.connector.write.WriterCommitMessage;
import org.apache.spark.sql.connector.write.streaming.StreamingDataWriterFactory;
import org.apache.spark.sql.connector.write.streaming.StreamingWrite;

/**
 * One epoch of a streaming query, written as a batch is: rows of an epoch are upserts of one write
 * time, so that an epoch which is written again, whole or in part, gives the same table. Spark
 * plans each epoch anew, and so each has its own, later, write time; it repeats an epoch only
 * before it starts the next, so that a repetition never hides rows of a later one. This needs
 * clocks of drivers that follow one another to agree, as Cassandra does of all its clients. Driver
 * only.
 */
final class CassandraStreamingWrite implements StreamingWrite {
  private final BatchWrite epoch;

  CassandraStreamingWrite(BatchWrite epoch) {
    this.epoch = epoch;
  }

  @Override
  public StreamingDataWriterFactory createStreamingWriterFactory(PhysicalWriteInfo info) {
    return new WriterFactory(epoch.createBatchWriterFactory(info));
  }

  @Override
  public boolean useCommitCoordinator() {
    return epoch.useCommitCoordinator();
  }

  @Override
  public void commit(long epochId, WriterCommitMessage[] messages) {
    epoch.commit(messages);
  }

  @Override
  public void abort(long epochId, WriterCommitMessage[] messages) {
    epoch.abort(messages);
  }

  /** Made on the driver, sent to executors. */
  private record WriterFactory(DataWriterFactory tasks) implements StreamingDataWriterFactory {
    @Override
    public DataWriter<InternalRow> createWriter(int partitionId, long taskId, long epochId) {
      return tasks.createWriter(partitionId, taskId);
    }
  }
}
