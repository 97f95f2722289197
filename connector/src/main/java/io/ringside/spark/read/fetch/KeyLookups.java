// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.metric.ReadTaskMetrics;
import io.ringside.spark.types.vector.EncodedRows;
import io.ringside.spark.types.vector.UnreadableRowsException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks up partitions, or rows of them, one after another as they become known: many at a time, and
 * each is read in the order of its rows. Where a statement can read several, keys of one owner that
 * wait for a place are asked for in one request. The first page of a lookup is asked for as soon as
 * there is a place; the others when its rows are read, so that a partition of any size takes the
 * heap of a few pages. Used by the task's thread. One per task.
 */
public final class KeyLookups implements AutoCloseable {
  /** The position of the key where each is asked for by itself. */
  public static final int ONE_BY_ONE = -1;

  /** Keys that wait to be asked for together, so that some of them have the same owner. */
  private static final int MOST_UNSENT = 64;

  private final PageFetch fetch;
  private final PageSource source;
  private final KeyGroups groups;
  private final int keyPosition;
  private final long bufferBytes;

  /**
   * Looks up nothing yet.
   *
   * @param table as messages name it
   * @param keyPosition the column that has the key in answers for several keys, or {@link
   *     #ONE_BY_ONE}
   * @param fallBack evaluates rows where the server does not finish, or null where there is nothing
   *     to evaluate
   */
  public KeyLookups(
      String table,
      PageSource source,
      ScanLimits limits,
      int keyPosition,
      PageSizer sizer,
      ReadTaskMetrics metrics,
      @Nullable FallBack fallBack) {
    this.fetch = new PageFetch(table, source, limits, sizer, metrics, fallBack);
    this.source = source;
    this.groups = new KeyGroups();
    this.keyPosition = keyPosition;
    this.bufferBytes = limits.bufferBytes();
  }

  /** Starts to look up a key that is not looked up already. */
  public KeyLookup add(ScanTarget.OfPartition key) {
    KeyLookup lookup = new KeyLookup(key);
    if (isOneByOne()) {
      lookup.fetchedBy(fetch.add(key, lookup));
    } else {
      groups.add(lookup, source.ownersOf(key));
    }
    return lookup;
  }

  private boolean isOneByOne() {
    return keyPosition == ONE_BY_ONE || groups.fullSize() == 1;
  }

  /** Whether another key should be added now: neither all places nor the buffer are in use. */
  public boolean hasRoom() {
    int free = fetch.freePlaces();
    boolean hasPlace = isOneByOne() ? free > 0 : groups.size() < Math.max(free, MOST_UNSENT);
    return hasPlace && fetch.waitingHeap() < bufferBytes;
  }

  /**
   * Takes what has arrived, and sends what may be sent; keys that may be joined by others of their
   * owner stay. Does not block.
   */
  public void advance() {
    fetch.advance();
    int full = groups.fullSize();
    if (groups.size() >= full && send(full)) {
      fetch.advance();
    }
  }

  /**
   * Waits until a page of a lookup has arrived, or something else has, or is due: a fifth of a
   * second at most. The keys that are known are all asked for, as far as there are places.
   *
   * @throws ConnectorException READ_FAILED when the retry ladder has come to its end
   * @throws UncheckedIOException when Spark kills the task
   */
  public void await(KeyLookup lookup) {
    lookup.setAwaited(true);
    try {
      fetch.advance();
      boolean sent = send(groups.fullSize());
      sent = send(1) || sent;
      List<KeyLookup> unsent = groups.takeWith(lookup);
      if (!unsent.isEmpty()) {
        // It needs no free place: the others may all wait for the task to read this one.
        ask(unsent, true);
      }
      if (sent || !unsent.isEmpty()) {
        fetch.advance();
      }
      if (!lookup.hasPage() && !lookup.hasEnded()) {
        fetch.await();
      }
    } finally {
      lookup.setAwaited(false);
    }
  }

  /** Sends groups of at least as many keys while there are places; returns whether it sent any. */
  private boolean send(int least) {
    boolean sent = false;
    while (fetch.freePlaces() > 0) {
      List<KeyLookup> together = groups.take(least);
      if (together.isEmpty()) {
        break;
      }
      ask(together, false);
      sent = true;
    }
    return sent;
  }

  private void ask(List<KeyLookup> together, boolean now) {
    KeyLookup first = together.get(0);
    boolean alone = together.size() == 1;
    ScanTarget target =
        alone
            ? first.target()
            : new ScanTarget.OfPartitions(together.stream().map(KeyLookup::target).toList());
    PageSink sink = alone ? first : new KeyGroup(together, fetch, groups, keyPosition);
    TargetCursor cursor = now ? fetch.addNow(target, sink) : fetch.add(target, sink);
    if (alone) {
      first.fetchedBy(cursor);
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
    groups.clear();
    fetch.close();
  }
}
