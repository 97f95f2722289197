// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.metric.ReadTaskMetrics;
import io.ringside.spark.types.vector.EncodedRows;
import io.ringside.spark.types.vector.UnreadableRowsException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a task's targets, in the order in which they arrive: the next page of a target is
 * asked for while the one before waits to be consumed. Used by the task's thread. One per task.
 */
public final class TargetScan implements AutoCloseable {
  private final PageFetch fetch;
  private final int enoughRows;
  private final Deque<EncodedRows> ready = new ArrayDeque<>();
  private long rowsGiven;
  private boolean closed;

  /**
   * The pages of these targets.
   *
   * @param table as messages name it
   * @param fallBack evaluates rows where the server does not finish, or null where there is nothing
   *     to evaluate
   */
  public TargetScan(
      String table,
      Collection<ScanTarget> targets,
      PageSource source,
      ScanLimits limits,
      PageSizer sizer,
      ReadTaskMetrics metrics,
      @Nullable FallBack fallBack) {
    this.fetch = new PageFetch(table, source, limits, sizer, metrics, fallBack);
    this.enoughRows = limits.rows();
    PageSink sink = new ReadyPages(ready);
    targets.forEach(target -> fetch.add(target, sink));
  }

  /** Pages of all targets alike, which wait for the reader. */
  private record ReadyPages(Deque<EncodedRows> ready) implements PageSink {
    @Override
    public long take(EncodedRows rows) {
      ready.add(rows);
      return rows.heapBytes();
    }

    @Override
    public void ended() {
      // The fetch knows when there is no target left.
    }

    @Override
    public boolean wantsMore() {
      return true;
    }

    @Override
    public boolean isUrgent() {
      return false;
    }
  }

  /**
   * The next page of any target, or null after the last one. Blocks until it arrives.
   *
   * @throws ConnectorException when the retry ladder has come to its end
   * @throws UncheckedIOException when Spark kills the task
   */
  @Nullable EncodedRows next() {
    while (!closed) {
      fetch.advance();
      EncodedRows page = ready();
      if (page != null) {
        return page;
      }
      if (fetch.isDone()) {
        return null;
      }
      fetch.await();
    }
    return null;
  }

  /** Says of which table the rows are that are not what their header says. */
  ConnectorException unreadable(UnreadableRowsException unreadable) {
    return fetch.unreadable(unreadable);
  }

  /** A page that has arrived already, or null. */
  @Nullable EncodedRows ready() {
    EncodedRows page = ready.poll();
    if (page != null) {
      fetch.consumed(page);
      rowsGiven += page.count();
      if (enoughRows > 0 && rowsGiven >= enoughRows) {
        close();
      }
    }
    return page;
  }

  /** Whether the scan was closed, or ended at its limit, before it came to its end. */
  boolean hasEnough() {
    return closed;
  }

  /** Stops sending; what still arrives is dropped. */
  @Override
  public void close() {
    closed = true;
    fetch.close();
    ready.clear();
  }
}
