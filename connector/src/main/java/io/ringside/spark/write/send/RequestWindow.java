// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.send;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many requests, and how many bytes of them, may be under way at once: halved when a server is
 * overloaded, grown by one after each window of successes, as TCP does (additive increase,
 * multiplicative decrease: RFC 5681). One per task; the task's thread enters, driver threads leave.
 */
final class RequestWindow {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final int most;
  private final long mostBytes;
  private int limit;
  private int successes;
  private int inside;
  private long insideBytes;

  /**
   * A window that is fully open.
   *
   * @param most requests at once, at least 1
   * @param mostBytes of all requests at once
   */
  RequestWindow(int most, long mostBytes) {
    this.most = most;
    this.mostBytes = mostBytes;
    this.limit = most;
  }

  /**
   * Enters when there is room, waiting no longer than the given time. A request larger than the
   * whole window enters alone.
   *
   * @param bytes what the request takes
   * @return whether the caller is inside
   */
  boolean enter(long bytes, long waitMillis) throws InterruptedException {
    lock.lock();
    try {
      long nanos = TimeUnit.MILLISECONDS.toNanos(waitMillis);
      while (inside >= limit || (inside > 0 && insideBytes + bytes > mostBytes)) {
        if (nanos <= 0) {
          return false;
        }
        nanos = changed.awaitNanos(nanos);
      }
      inside++;
      insideBytes += bytes;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Leaves after a request came to its end; as many bytes as it entered with. */
  void leave(long bytes) {
    lock.lock();
    try {
      inside--;
      insideBytes -= bytes;
      if (++successes >= limit && limit < most) {
        limit++;
        successes = 0;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Halves the window: a server asked for less. */
  void overloaded() {
    lock.lock();
    try {
      limit = Math.max(1, limit / 2);
      successes = 0;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until nobody is inside, no longer than the given time.
   *
   * @return whether nobody is inside
   */
  boolean awaitEmpty(long waitMillis) throws InterruptedException {
    lock.lock();
    try {
      long nanos = TimeUnit.MILLISECONDS.toNanos(waitMillis);
      while (inside > 0) {
        if (nanos <= 0) {
          return false;
        }
        nanos = changed.awaitNanos(nanos);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
