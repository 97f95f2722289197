// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.flow;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * Decides what to do after each failure of one piece of work: a page to read or a batch to write.
 *
 * <p>The rungs: the next replica at once; after all replicas failed, wait (exponential back-off
 * with full jitter, as the AWS architecture blog's "Exponential Backoff And Jitter" describes) and
 * start over, with less work where time or an error inside the server was the reason; less work at
 * once where the server says that it was too much; give up when the time allowed since the first
 * failure is over. Progress starts the ladder anew. Pure: time and chance are given. One per piece
 * of work, used by one thread.
 */
public final class RetryLadder {
  /** The first wait at most, in milliseconds. */
  static final long FIRST_DELAY_MILLIS = 100;

  /** No wait is longer, unless the server asks for it; milliseconds. */
  static final long LONGEST_DELAY_MILLIS = 10_000;

  /** So many replicas that were too slow say that the work is too much, not that a node is ill. */
  private static final int SLOW_REPLICAS = 2;

  /** Attempts before the first pause where the driver picks the node of each. */
  private static final int ATTEMPTS_AT_ANY_NODE = 2;

  private final long limitNanos;
  private final DoubleSupplier chance;
  private final RetryClock clock;
  private int replicas;
  private int failures;
  private int timeouts;

  /**
   * A ladder with no failure yet.
   *
   * @param replicas how many nodes can be tried one after another, at least 1
   * @param limitMillis how long after the first failure the work may be tried again
   */
  public RetryLadder(int replicas, long limitMillis) {
    this(replicas, limitMillis, () -> ThreadLocalRandom.current().nextDouble());
  }

  /**
   * As {@link #RetryLadder(int, long)}, with random numbers of a test.
   *
   * @param chance random numbers from 0 (inclusive) to 1 (exclusive)
   */
  RetryLadder(int replicas, long limitMillis, DoubleSupplier chance) {
    this(replicas, TimeUnit.MILLISECONDS.toNanos(limitMillis), chance, RetryClock.ofWhole());
  }

  /**
   * A ladder of requests for which the driver picks the node.
   *
   * @param retryTime how long after the first failure a request may be made again
   */
  public static RetryLadder atAnyNode(Duration retryTime) {
    return new RetryLadder(ATTEMPTS_AT_ANY_NODE, retryTime.toMillis());
  }

  private RetryLadder(int replicas, long limitNanos, DoubleSupplier chance, RetryClock clock) {
    this.replicas = Math.max(1, replicas);
    this.limitNanos = limitNanos;
    this.chance = chance;
    this.clock = clock;
  }

  /** What to change before the next try. */
  public enum Action {
    /** Ask the next replica for the same. */
    NEXT_REPLICA,
    /** Ask the next replica for half as much. */
    LESS_WORK,
    /** Fail: the error is final, or the time is over. */
    GIVE_UP
  }

  /**
   * What to do next.
   *
   * @param delayMillis how long to wait before the next try; 0 or more
   */
  public record Step(Action action, long delayMillis) {}

  /**
   * The step after one more failure.
   *
   * @param retryAfterMillis what the server asks to wait, or 0
   * @param nowNanos the present on the clock of {@link System#nanoTime()}
   */
  public Step next(FailureKind kind, long retryAfterMillis, long nowNanos) {
    failures++;
    timeouts += kind == FailureKind.TIMEOUT ? 1 : 0;
    long failingNanos = clock.failed(nowNanos);
    if (kind == FailureKind.FATAL) {
      return new Step(Action.GIVE_UP, 0);
    }
    boolean everyReplicaTried = failures % replicas == 0;
    boolean wait = everyReplicaTried && kind != FailureKind.TOO_MUCH;
    wait |= kind == FailureKind.OVERLOADED;
    long delay = Math.max(wait ? backOff() : 0, retryAfterMillis);
    if (failingNanos + TimeUnit.MILLISECONDS.toNanos(delay) > limitNanos) {
      return new Step(Action.GIVE_UP, 0);
    }
    boolean less =
        switch (kind) {
          case TOO_MUCH -> true;
          case TIMEOUT -> everyReplicaTried || timeouts % SLOW_REPLICAS == 0;
          case SERVER_ERROR -> everyReplicaTried;
          case OVERLOADED, UNREACHABLE, FATAL -> false;
        };
    return new Step(less ? Action.LESS_WORK : Action.NEXT_REPLICA, delay);
  }

  /** Takes as many replicas into account from now on, at least 1: owners may have changed. */
  public void replicas(int present) {
    replicas = Math.max(1, present);
  }

  /**
   * A ladder for a part of this work: its time began with the first failure of the whole, so that
   * cutting work in parts gains none, unless one of the parts has made progress since.
   */
  public RetryLadder ofPart() {
    return new RetryLadder(replicas, limitNanos, chance, clock.ofPart());
  }

  /** Starts anew after a success. */
  public void reset() {
    failures = 0;
    timeouts = 0;
    clock.progressed();
  }

  /** How many failures there were since the last success. */
  public int failures() {
    return failures;
  }

  private long backOff() {
    int rounds = Math.min(20, (failures - 1) / replicas);
    long longest = Math.min(LONGEST_DELAY_MILLIS, FIRST_DELAY_MILLIS << rounds);
    return (long) (longest * chance.getAsDouble());
  }
}
