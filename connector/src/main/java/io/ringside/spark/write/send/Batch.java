// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.send;

import io.ringside.spark.write.send.Mutation.RowKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Mutations of one partition that are sent in one request. Used by one thread at a time. */
final class Batch {
  private final ByteBuffer partition;
  private final List<Mutation> mutations = new ArrayList<>(4);
  private @Nullable Object firstRow;
  private Set<Object> rows = Set.of();
  private @Nullable Object statics;
  private Repetition repetition = Repetition.SAME;
  private long valueBytes;
  private long heapBytes;

  /** Empty. */
  Batch(ByteBuffer partition) {
    this.partition = partition;
  }

  /**
   * Whether a mutation sets nothing that another one here sets to something else: a request has one
   * write time, and of two values of one time Cassandra keeps the greater one.
   */
  boolean takes(Mutation mutation) {
    RowKey row = mutation.row();
    return row == null
        || (!row.clustering().equals(firstRow)
            && !rows.contains(row.clustering())
            && (row.statics() == null || statics == null || row.statics().equals(statics)));
  }

  /** Adds a mutation of this partition that {@link #takes} allows. */
  void add(Mutation mutation) {
    mutations.add(mutation);
    RowKey row = mutation.row();
    if (row != null) {
      note(row.clustering());
      statics = row.statics() == null ? statics : row.statics();
    }
    repetition = repetition.and(mutation.repetition());
    valueBytes += mutation.size().values();
    heapBytes += mutation.size().heap();
  }

  /** Most batches of rows in random order have a single one: no set is made for it. */
  private void note(Object row) {
    if (firstRow == null) {
      firstRow = row;
      return;
    }
    if (rows.isEmpty()) {
      rows = new HashSet<>();
    }
    rows.add(row);
  }

  /** The same mutations at later write times, in order, where statements bring their own. */
  Batch next(WriteClock clock) {
    Batch later = new Batch(partition);
    mutations.forEach(mutation -> later.add(mutation.next(clock)));
    return later;
  }

  ByteBuffer partition() {
    return partition;
  }

  /** In the order of arrival. */
  List<Mutation> mutations() {
    return mutations;
  }

  /** Whether all of them may be done once more. */
  Repetition repetition() {
    return repetition;
  }

  long valueBytes() {
    return valueBytes;
  }

  long heapBytes() {
    return heapBytes;
  }
}
