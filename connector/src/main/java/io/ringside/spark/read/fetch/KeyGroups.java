// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keys that wait to be asked for together with others of the same owner: one request for a few keys
 * costs the server and the client less than one for each. (Four were measured to be best: the
 * server reads the partitions of a request in turn.) One per task, used by the task's thread.
 */
final class KeyGroups {
  /** Keys of one request. */
  static final int MOST_KEYS = 4;

  /** Groups that may be cut in vain before the tables' partitions are taken for too large. */
  private static final int CUT_IN_VAIN = 32;

  /** Groups of which one may be cut from then on. */
  private static final int GROUPS_FOR_A_CUT = 8;

  private final Map<Optional<Owner>, Deque<KeyLookup>> ofOwners = new LinkedHashMap<>();
  private int size;
  private long groups;
  private long cuts;

  /** Keys that make a full group: 1 when groups have turned out to be cut too often. */
  int fullSize() {
    return cuts > CUT_IN_VAIN + groups / GROUPS_FOR_A_CUT ? 1 : MOST_KEYS;
  }

  /** Notes that the keys of a group were asked for one by one after all. */
  void wasCut() {
    cuts++;
  }

  /** How many keys wait. */
  int size() {
    return size;
  }

  /**
   * Adds a key.
   *
   * @param owners best first; empty when unknown
   */
  void add(KeyLookup lookup, List<Owner> owners) {
    ofOwners.computeIfAbsent(owners.stream().findFirst(), owner -> new ArrayDeque<>()).add(lookup);
    size++;
  }

  /**
   * Takes keys of one owner, a full group at most.
   *
   * @param least how many at least
   * @return empty when no owner has as many
   */
  List<KeyLookup> take(int least) {
    for (Deque<KeyLookup> ofOwner : ofOwners.values()) {
      if (ofOwner.size() >= least) {
        return takeOf(ofOwner);
      }
    }
    return List.of();
  }

  /** Takes a key, with others of its owner; empty when it does not wait. */
  List<KeyLookup> takeWith(KeyLookup lookup) {
    for (Deque<KeyLookup> ofOwner : ofOwners.values()) {
      if (ofOwner.remove(lookup)) {
        ofOwner.addFirst(lookup);
        return takeOf(ofOwner);
      }
    }
    return List.of();
  }

  private List<KeyLookup> takeOf(Deque<KeyLookup> ofOwner) {
    int most = fullSize();
    List<KeyLookup> taken = new ArrayList<>(most);
    while (taken.size() < most && !ofOwner.isEmpty()) {
      taken.add(ofOwner.removeFirst());
    }
    size -= taken.size();
    groups += taken.size() > 1 ? 1 : 0;
    ofOwners.values().removeIf(Deque::isEmpty);
    return taken;
  }

  /** Forgets all keys. */
  void clear() {
    ofOwners.clear();
    size = 0;
  }
}
