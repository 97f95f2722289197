// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import io.ringside.spark.types.vector.EncodedRows;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one key's rows, as far as they have arrived and are not yet taken. Used by the
 * task's thread only.
 */
public final class KeyLookup implements PageSink {
  private final ScanTarget.OfPartition target;
  private final Deque<EncodedRows> pages = new ArrayDeque<>(1);
  private @Nullable TargetCursor cursor;
  private boolean resting;
  private boolean read;
  private boolean awaited;
  private boolean dropped;
  private boolean ended;

  KeyLookup(ScanTarget.OfPartition target) {
    this.target = target;
  }

  ScanTarget.OfPartition target() {
    return target;
  }

  void fetchedBy(TargetCursor ofKey) {
    cursor = ofKey;
  }

  /** Whether the first page has arrived, or there are no rows. */
  public boolean hasArrived() {
    return !pages.isEmpty() || ended || read;
  }

  /** Whether all rows have arrived and none has been taken, so that they can be read again. */
  public boolean isWhole() {
    return ended && !read;
  }

  /** All pages, without taking any; for a lookup that is whole. */
  public List<EncodedRows> pages() {
    return List.copyOf(pages);
  }

  /** The bytes of the first column of the key. */
  ByteBuffer key() {
    return target.key().get(0).buffer();
  }

  boolean hasPage() {
    return !pages.isEmpty();
  }

  boolean hasEnded() {
    return ended;
  }

  @Nullable EncodedRows poll() {
    read = true;
    return pages.poll();
  }

  /** The cursor, if it waits for the rows to be read and must be resumed, or null. */
  @Nullable TargetCursor wake() {
    TargetCursor toResume = resting ? cursor : null;
    resting = false;
    read = true;
    return toResume;
  }

  /** Takes off all pages, which come anew. */
  List<EncodedRows> forget() {
    List<EncodedRows> forgotten = List.copyOf(pages);
    pages.clear();
    return forgotten;
  }

  /** Whether somebody waits for the rows. */
  boolean isWanted() {
    return !dropped;
  }

  /** Takes no rows from now on. */
  void drop() {
    dropped = true;
  }

  void setAwaited(boolean byTask) {
    awaited = byTask;
  }

  @Override
  public long take(EncodedRows rows) {
    if (dropped) {
      return 0;
    }
    pages.add(rows);
    return rows.heapBytes();
  }

  @Override
  public void ended() {
    ended = true;
  }

  /**
   * An empty page is none yet; after that the next page is wanted when somebody reads. While one is
   * read, one more is fetched.
   */
  @Override
  public boolean wantsMore() {
    boolean wanted = !dropped && (pages.isEmpty() || (read && pages.size() == 1));
    resting = !wanted;
    return wanted;
  }

  @Override
  public boolean isUrgent() {
    return awaited && pages.isEmpty();
  }
}
