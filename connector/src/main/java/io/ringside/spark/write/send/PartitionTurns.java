// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.send;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets one request of each partition go at a time, in the order of arrival: conditional writes of
 * one partition that run at once only hinder each other. One per task; any thread.
 *
 * @param <K> the partition key, with value equality
 */
final class PartitionTurns<K> {
  private final Map<K, Deque<Runnable>> waiting = new HashMap<>();

  /** Runs an action at once if its partition is free, else when its turn comes. */
  void enter(K partition, Runnable action) {
    synchronized (this) {
      Deque<Runnable> others = waiting.get(partition);
      if (others != null) {
        others.add(action);
        return;
      }
      waiting.put(partition, new ArrayDeque<>());
    }
    action.run();
  }

  /** Ends the turn of a partition's present request and runs the next one, if there is one. */
  void leave(K partition) {
    Runnable next = next(partition);
    if (next != null) {
      next.run();
    }
  }

  private synchronized @Nullable Runnable next(K partition) {
    Deque<Runnable> others = waiting.get(partition);
    Runnable next = others == null ? null : others.poll();
    if (next == null) {
      waiting.remove(partition);
    }
    return next;
  }
}
