// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import io.ringside.spark.types.vector.EncodedRows;
import io.ringside.spark.types.vector.UnreadableRowsException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives the rows of one answer for several keys to the lookups of these keys. An answer of more
 * than one page, or none, is read key by key: only keys whose rows were followed by those of
 * another are known to be whole. One per request, used by the task's thread.
 */
final class KeyGroup implements PageSink {
  private final List<KeyLookup> lookups;
  private final PageFetch fetch;
  private final KeyGroups groups;
  private final int keyPosition;
  private @Nullable KeyLookup last;

  /**
   * A group that nobody has asked for yet.
   *
   * @param together of keys that differ
   * @param keyPosition the column of the answer that has the key
   */
  KeyGroup(List<KeyLookup> together, PageFetch fetch, KeyGroups groups, int keyPosition) {
    this.lookups = together;
    this.fetch = fetch;
    this.groups = groups;
    this.keyPosition = keyPosition;
  }

  @Override
  public long take(EncodedRows rows) {
    long waiting = 0;
    for (EncodedRows.Run run : rows.runs(keyPosition)) {
      KeyLookup lookup = lookup(run.value());
      waiting += lookup.take(run.rows());
      last = lookup;
    }
    return waiting;
  }

  private KeyLookup lookup(ByteBuffer key) {
    for (KeyLookup lookup : lookups) {
      if (lookup.key().equals(key)) {
        return lookup;
      }
    }
    throw UnreadableRowsException.damaged("an answer has the rows of a key that was not asked for");
  }

  @Override
  public void ended() {
    lookups.forEach(KeyLookup::ended);
  }

  /** A page without rows is followed by others; after one with rows, keys are read one by one. */
  @Override
  public boolean wantsMore() {
    if (last == null) {
      return true;
    }
    groups.wasCut();
    for (KeyLookup lookup : lookups) {
      if (lookup != last && lookup.hasPage()) {
        lookup.ended();
      } else {
        lookup.forget().forEach(fetch::consumed);
        askAlone(lookup);
      }
    }
    return false;
  }

  @Override
  public boolean isUrgent() {
    return lookups.stream().anyMatch(KeyLookup::isUrgent);
  }

  @Override
  public boolean readsOtherwise() {
    groups.wasCut();
    lookups.forEach(this::askAlone);
    return true;
  }

  private void askAlone(KeyLookup lookup) {
    if (lookup.isWanted()) {
      lookup.fetchedBy(fetch.addNow(lookup.target(), lookup));
    }
  }
}
