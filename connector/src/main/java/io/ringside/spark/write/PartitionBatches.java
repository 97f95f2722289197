// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Collects rows by partition key until a batch is full, across interleaved keys and with bounded
 * memory. A batch never holds rows of two partitions: Cassandra applies a batch of one partition in
 * isolation and at the cost of one mutation, while one of many partitions burdens its coordinator.
 * When the buffer is full, the batch that has been open longest leaves first. One per task.
 *
 * @param <K> the partition key, with value equality
 * @param <R> a row
 */
final class PartitionBatches<K, R> {
  private final int mostRows;
  private final long mostBytes;
  private final long bufferBytes;
  private final long rowOverhead;
  private final Consumer<List<R>> send;
  private final Map<K, Batch<R>> open = new LinkedHashMap<>();
  private long openBytes;

  /**
   * Empty batches.
   *
   * @param mostRows rows of a full batch, at least 1
   * @param mostBytes a batch of this many bytes is full
   * @param bufferBytes most bytes of all open batches together, the overhead included
   * @param rowOverhead bytes of memory that a row takes besides its own, not negative
   * @param send takes each batch that leaves: not empty, rows in the order of arrival
   */
  PartitionBatches(
      int mostRows, long mostBytes, long bufferBytes, long rowOverhead, Consumer<List<R>> send) {
    this.mostRows = mostRows;
    this.mostBytes = mostBytes;
    this.bufferBytes = bufferBytes;
    this.rowOverhead = rowOverhead;
    this.send = send;
  }

  private static final class Batch<R> {
    private final List<R> rows = new ArrayList<>(4);
    private long bytes;
  }

  /**
   * Adds a row.
   *
   * @param bytes what the row takes, not negative
   */
  void add(K key, R row, long bytes) {
    Batch<R> batch = open.get(key);
    if (batch != null && batch.bytes + bytes > mostBytes) {
      close(key, batch);
      batch = null;
    }
    if (batch == null) {
      batch = new Batch<>();
      open.put(key, batch);
    }
    batch.rows.add(row);
    batch.bytes += bytes;
    openBytes += bytes + rowOverhead;
    if (batch.rows.size() >= mostRows || batch.bytes >= mostBytes) {
      close(key, batch);
    }
    while (openBytes > bufferBytes && !open.isEmpty()) {
      Map.Entry<K, Batch<R>> eldest = open.entrySet().iterator().next();
      close(eldest.getKey(), eldest.getValue());
    }
  }

  /** Sends all that is left. */
  void flush() {
    Iterator<Batch<R>> batches = open.values().iterator();
    while (batches.hasNext()) {
      Batch<R> batch = batches.next();
      batches.remove();
      openBytes -= footprint(batch);
      send.accept(batch.rows);
    }
  }

  /** Drops all that is left. */
  void discard() {
    open.clear();
    openBytes = 0;
  }

  private long footprint(Batch<R> batch) {
    return batch.bytes + batch.rows.size() * rowOverhead;
  }

  private void close(K key, Batch<R> batch) {
    open.remove(key);
    openBytes -= footprint(batch);
    send.accept(batch.rows);
  }
}
