// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.send;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
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
  private @Nullable ByteBuffer lastRow;
  private int direction;
  private @Nullable Set<ByteBuffer> rows;
  private @Nullable Object statics;
  private @Nullable BoundStatement deletion;
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
        || (!sets(row.clustering())
            && (row.statics() == null || statics == null || row.statics().equals(statics)));
  }

  /**
   * Rows mostly come in the order of their keys, or in the opposite one: then a comparison with the
   * last one shows that no earlier one is equal, and no set of them is kept.
   */
  private boolean sets(ByteBuffer row) {
    ByteBuffer last = lastRow;
    if (last == null || (rows == null && continues(step(last, row)))) {
      return false;
    }
    return row.equals(last) || known().contains(row);
  }

  private static int step(ByteBuffer last, ByteBuffer row) {
    return Integer.signum(row.compareTo(last));
  }

  private boolean continues(int step) {
    return step != 0 && (direction == 0 || direction == step);
  }

  private Set<ByteBuffer> known() {
    Set<ByteBuffer> known = rows;
    if (known == null) {
      known = new HashSet<>();
      for (Mutation mutation : mutations) {
        RowKey row = mutation.row();
        if (row != null) {
          known.add(row.clustering());
        }
      }
      rows = known;
    }
    return known;
  }

  /** Adds a mutation of this partition that {@link #takes} allows. */
  void add(Mutation mutation) {
    RowKey row = mutation.row();
    if (row != null) {
      note(row.clustering());
      statics = row.statics() == null ? statics : row.statics();
    }
    mutations.add(mutation);
    deletion = mutation.deletion();
    repetition = repetition.and(mutation.repetition());
    valueBytes += mutation.size().values();
    heapBytes += mutation.size().heap();
  }

  private void note(ByteBuffer row) {
    ByteBuffer last = lastRow;
    int step = last == null || rows != null ? 0 : step(last, row);
    if (continues(step)) {
      direction = step;
    } else if (last != null) {
      known().add(row);
    }
    lastRow = row;
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

  /** What deletes the partition before they are done, or null. */
  @Nullable BoundStatement deletion() {
    return deletion;
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
