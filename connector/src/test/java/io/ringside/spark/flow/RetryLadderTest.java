// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.NoNodeAvailableException;
import com.datastax.oss.driver.api.core.connection.BusyConnectionException;
import com.datastax.oss.driver.api.core.connection.ClosedConnectionException;
import io.ringside.spark.flow.RetryLadder.Action;
import io.ringside.spark.flow.RetryLadder.Step;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RetryLadderTest {
  private static final long NOW = 5;

  private static RetryLadder ladder(int replicas) {
    return new RetryLadder(replicas, 60_000, () -> 0.5);
  }

  @Test
  void asksEveryReplicaBeforeItWaits() {
    RetryLadder ladder = ladder(3);
    assertThat(ladder.next(FailureKind.UNREACHABLE, 0, NOW))
        .isEqualTo(new Step(Action.NEXT_REPLICA, 0));
    assertThat(ladder.next(FailureKind.UNREACHABLE, 0, NOW))
        .isEqualTo(new Step(Action.NEXT_REPLICA, 0));
    assertThat(ladder.next(FailureKind.UNREACHABLE, 0, NOW))
        .isEqualTo(new Step(Action.NEXT_REPLICA, 50));
  }

  @Test
  void asksForLessWhenEveryReplicaTimedOut() {
    RetryLadder ladder = ladder(2);
    assertThat(ladder.next(FailureKind.TIMEOUT, 0, NOW).action()).isEqualTo(Action.NEXT_REPLICA);
    assertThat(ladder.next(FailureKind.TIMEOUT, 0, NOW).action()).isEqualTo(Action.LESS_WORK);
  }

  @Test
  void waitsAsLongAsTheServerAsks() {
    assertThat(ladder(3).next(FailureKind.OVERLOADED, 1234, NOW))
        .isEqualTo(new Step(Action.NEXT_REPLICA, 1234));
  }

  @Test
  void waitsLongerEachRoundUpToALimit() {
    RetryLadder ladder = new RetryLadder(1, Long.MAX_VALUE / 1_000_000, () -> 0.999);
    long before = 0;
    for (int i = 0; i < 30; i++) {
      long delay = ladder.next(FailureKind.OVERLOADED, 0, NOW).delayMillis();
      assertThat(delay).isBetween(before, RetryLadder.LONGEST_DELAY_MILLIS);
      before = delay;
    }
    assertThat(before).isGreaterThan(9_000);
  }

  @Test
  void givesUpWhenTheTimeIsOverOrTheErrorIsFinal() {
    RetryLadder ladder = ladder(1);
    assertThat(ladder.next(FailureKind.TIMEOUT, 0, NOW).action()).isNotEqualTo(Action.GIVE_UP);
    long late = NOW + TimeUnit.SECONDS.toNanos(61);
    assertThat(ladder.next(FailureKind.TIMEOUT, 0, late).action()).isEqualTo(Action.GIVE_UP);
    assertThat(ladder(3).next(FailureKind.FATAL, 0, NOW).action()).isEqualTo(Action.GIVE_UP);
  }

  @Test
  void startsAnewAfterProgress() {
    RetryLadder ladder = ladder(1);
    ladder.next(FailureKind.TIMEOUT, 0, NOW);
    ladder.reset();
    assertThat(ladder.failures()).isZero();
    long late = NOW + TimeUnit.SECONDS.toNanos(61);
    assertThat(ladder.next(FailureKind.TIMEOUT, 0, late).action()).isNotEqualTo(Action.GIVE_UP);
  }

  @Test
  void asksForLessAtOnceWhereTheServerSaysTooMuch() {
    assertThat(ladder(3).next(FailureKind.TOO_MUCH, 0, NOW))
        .isEqualTo(new Step(Action.LESS_WORK, 0));
  }

  @Test
  void asksForLessAfterTwoSlowReplicasOfMany() {
    RetryLadder ladder = ladder(5);
    assertThat(ladder.next(FailureKind.TIMEOUT, 0, NOW).action()).isEqualTo(Action.NEXT_REPLICA);
    assertThat(ladder.next(FailureKind.TIMEOUT, 0, NOW).action()).isEqualTo(Action.LESS_WORK);
  }

  @Test
  void asksForLessWhenEveryReplicaFailedInside() {
    RetryLadder ladder = ladder(2);
    ladder.next(FailureKind.SERVER_ERROR, 0, NOW);
    assertThat(ladder.next(FailureKind.SERVER_ERROR, 0, NOW).action()).isEqualTo(Action.LESS_WORK);
  }

  @Test
  void givesPartsNoMoreTimeThanTheWhole() {
    RetryLadder ladder = ladder(1);
    ladder.next(FailureKind.TIMEOUT, 0, NOW);
    long late = NOW + TimeUnit.SECONDS.toNanos(61);
    assertThat(ladder.ofPart().next(FailureKind.TIMEOUT, 0, late).action())
        .isEqualTo(Action.GIVE_UP);
  }

  @Test
  void givesPartsTheirOwnTimeWhenOneOfThemHasMadeProgress() {
    RetryLadder ladder = ladder(1);
    ladder.next(FailureKind.TIMEOUT, 0, NOW);
    RetryLadder first = ladder.ofPart();
    RetryLadder second = ladder.ofPart();
    RetryLadder partOfSecond = second.ofPart();
    first.reset();
    long late = NOW + TimeUnit.SECONDS.toNanos(61);
    assertThat(second.next(FailureKind.UNREACHABLE, 0, late).action())
        .isEqualTo(Action.NEXT_REPLICA);
    long later = late + TimeUnit.SECONDS.toNanos(61);
    assertThat(partOfSecond.next(FailureKind.UNREACHABLE, 0, later).action())
        .isEqualTo(Action.GIVE_UP);
    assertThat(first.next(FailureKind.UNREACHABLE, 0, later).action())
        .isEqualTo(Action.NEXT_REPLICA);
  }

  @Test
  void knowsWhichFailuresLeaveTheOutcomeOpen() {
    assertThat(FailureKind.leavesOutcomeOpen(new DriverTimeoutException("no answer"))).isTrue();
    assertThat(FailureKind.leavesOutcomeOpen(new ClosedConnectionException("gone"))).isTrue();
    assertThat(FailureKind.leavesOutcomeOpen(new BusyConnectionException(1))).isFalse();
    assertThat(
            FailureKind.leavesOutcomeOpen(new CompletionException(new NoNodeAvailableException())))
        .isFalse();
    assertThat(FailureKind.leavesOutcomeOpen(new java.io.IOException("reset"))).isTrue();
  }
}
