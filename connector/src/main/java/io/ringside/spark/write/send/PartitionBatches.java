// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.send;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Collects mutations by partition key until a batch is full, across interleaved keys and with
 * bounded memory. A batch never holds rows of two partitions: Cassandra applies a batch of one
 * partition in isolation and at the cost of one mutation, while one of many partitions burdens its
 * coordinator. Nor does it hold two mutations of one row: that batch leaves first. When the buffer
 * is full, the batch that has been open longest leaves first. One per task.
 */
final class PartitionBatches {
  private final int mostRows;
  private final long mostBytes;
  private final long bufferBytes;
  private final Consumer<Batch> send;
  private final Map<ByteBuffer, Batch> open = new LinkedHashMap<>();
  private long openBytes;

  /**
   * Empty batches.
   *
   * @param mostRows rows of a full batch, at least 1
   * @param mostBytes a batch with values of this many bytes is full
   * @param bufferBytes most bytes that all open batches together take in memory
   * @param send takes each batch that leaves: not empty, rows in the order of arrival
   */
  PartitionBatches(int mostRows, long mostBytes, long bufferBytes, Consumer<Batch> send) {
    this.mostRows = mostRows;
    this.mostBytes = mostBytes;
    this.bufferBytes = bufferBytes;
    this.send = send;
  }

  /** Adds a mutation. */
  void add(Mutation mutation) {
    ByteBuffer key = mutation.partition();
    Batch batch = open.get(key);
    if (batch != null
        && (batch.valueBytes() + mutation.size().values() > mostBytes || !batch.takes(mutation))) {
      close(batch);
      batch = null;
    }
    if (batch == null) {
      batch = new Batch(key);
      open.put(key, batch);
    }
    batch.add(mutation);
    openBytes += mutation.size().heap();
    if (batch.mutations().size() >= mostRows || batch.valueBytes() >= mostBytes) {
      close(batch);
    }
    while (openBytes > bufferBytes && !open.isEmpty()) {
      close(open.values().iterator().next());
    }
  }

  /** Sends all that is left. */
  void flush() {
    Iterator<Batch> batches = open.values().iterator();
    while (batches.hasNext()) {
      Batch batch = batches.next();
      batches.remove();
      openBytes -= batch.heapBytes();
      send.accept(batch);
    }
  }

  /** Drops all that is left. */
  void discard() {
    open.clear();
    openBytes = 0;
  }

  private void close(Batch batch) {
    open.remove(batch.partition());
    openBytes -= batch.heapBytes();
    send.accept(batch);
  }
}
