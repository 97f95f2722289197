// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.metric.ReadTaskMetrics;
import io.ringside.spark.types.vector.EncodedRows;
import io.ringside.spark.types.vector.UnreadableRowsException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Looks up partitions, or rows of them, one after another as they become known: many at a time, and
 * each is read in the order of its rows. The first page of a lookup is asked for as soon as there
 * is a place; the others when its rows are read, so that a partition of any size takes the heap of
 * a few pages. Used by the task's thread. One per task.
 */
public final class KeyLookups implements AutoCloseable {
  private final PageFetch fetch;
  private final long bufferBytes;

  /**
   * Looks up nothing yet.
   *
   * @param table as messages name it
   * @param fallBack evaluates rows where the server does not finish, or null where there is nothing
   *     to evaluate
   */
  public KeyLookups(
      String table,
      PageSource source,
      ScanLimits limits,
      PageSizer sizer,
      ReadTaskMetrics metrics,
      @Nullable FallBack fallBack) {
    this.fetch = new PageFetch(table, source, limits, sizer, metrics, fallBack);
    this.bufferBytes = limits.bufferBytes();
  }

  /** Starts to look up a key after those before it. */
  public KeyLookup add(ScanTarget.OfPartition key) {
    KeyLookup lookup = new KeyLookup();
    lookup.fetchedBy(fetch.add(key, lookup));
    return lookup;
  }

  /** Whether another key would be asked for now: neither all places nor the buffer are in use. */
  public boolean hasRoom() {
    return fetch.hasFreePlace() && fetch.waitingHeap() < bufferBytes;
  }

  /** Takes what has arrived, and sends what may be sent. Does not block. */
  public void advance() {
    fetch.advance();
  }

  /**
   * Waits until a page of a lookup has arrived, or something else has, or is due: a fifth of a
   * second at most.
   *
   * @throws ConnectorException READ_FAILED when the retry ladder has come to its end
   * @throws UncheckedIOException when Spark kills the task
   */
  public void await(KeyLookup lookup) {
    lookup.setAwaited(true);
    try {
      fetch.advance();
      if (!lookup.hasPage() && !lookup.hasEnded()) {
        fetch.await();
      }
    } finally {
      lookup.setAwaited(false);
    }
  }

  /**
   * Takes the next page of a lookup off it, or null after the last one. Blocks until it arrives.
   *
   * @throws ConnectorException READ_FAILED when the retry ladder has come to its end
   * @throws UncheckedIOException when Spark kills the task
   */
  public @Nullable EncodedRows nextPage(KeyLookup lookup) {
    while (true) {
      TargetCursor resting = lookup.wake();
      if (resting != null) {
        fetch.resume(resting);
      }
      EncodedRows page = lookup.poll();
      if (page != null) {
        fetch.consumed(page);
        fetch.advance();
        return page;
      }
      if (lookup.hasEnded()) {
        return null;
      }
      await(lookup);
    }
  }

  /** Frees the pages of a lookup that nobody reads any more. */
  public void release(KeyLookup lookup) {
    lookup.drop();
    for (EncodedRows page = lookup.poll(); page != null; page = lookup.poll()) {
      fetch.consumed(page);
    }
  }

  /** Says of which table the rows are that are not what their header says. */
  public ConnectorException unreadable(UnreadableRowsException unreadable) {
    return fetch.unreadable(unreadable);
  }

  /** Sends nothing more; what still arrives is dropped. */
  @Override
  public void close() {
    fetch.close();
  }
}
