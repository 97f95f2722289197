// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class KeptAnswersTest {
  private static final Duration FRESH = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private long nanos;
  private final Deque<CompletableFuture<String>> asked = new ArrayDeque<>();
  private final KeptAnswers<String, String> answers =
      new KeptAnswers<>(FRESH, LONGEST, () -> nanos);

  private CompletionStage<String> ask() {
    asked.add(new CompletableFuture<>());
    return asked.getLast();
  }

  private CompletableFuture<String> get() {
    return answers.get("key", this::ask);
  }

  private void request() {
    assertThat(get()).isNotNull();
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  @Test
  void asksOnceForCallersAtTheSameTime() {
    CompletableFuture<String> first = get();
    CompletableFuture<String> second = get();
    asked.getLast().complete("a");
    assertThat(first).isCompletedWithValue("a");
    assertThat(second).isCompletedWithValue("a");
    assertThat(asked).hasSize(1);
  }

  @Test
  void givesAFreshAnswerWithoutAsking() {
    request();
    asked.getLast().complete("a");
    pass(FRESH);
    assertThat(get()).isCompletedWithValue("a");
    assertThat(asked).hasSize(1);
  }

  @Test
  void givesAnOlderAnswerWhileItAsksAgain() {
    request();
    asked.getLast().complete("a");
    pass(FRESH.plusSeconds(1));
    assertThat(get()).isCompletedWithValue("a");
    assertThat(get()).isCompletedWithValue("a");
    assertThat(asked).hasSize(2);
    asked.getLast().complete("b");
    assertThat(get()).isCompletedWithValue("b");
    assertThat(asked).hasSize(2);
  }

  @Test
  void keepsTheOldAnswerWhenAskingAgainFails() {
    request();
    asked.getLast().complete("a");
    pass(FRESH.plusSeconds(1));
    request();
    asked.getLast().completeExceptionally(new IllegalStateException("no node"));
    assertThat(get()).isCompletedWithValue("a");
    assertThat(asked).hasSize(3);
  }

  @Test
  void waitsForANewAnswerAfterTheLongestTime() {
    request();
    asked.getLast().complete("a");
    pass(LONGEST.plusSeconds(1));
    assertThat(get()).isNotDone();
    assertThat(asked).hasSize(2);
  }

  @Test
  void doesNotKeepAFailure() {
    request();
    asked.getLast().completeExceptionally(new IllegalStateException("no node"));
    assertThat(get()).isNotDone();
    assertThat(asked).hasSize(2);
  }

  @Test
  void asksAgainForWhatWasForgotten() {
    request();
    asked.getLast().complete("a");
    answers.forget("key"::equals);
    assertThat(answers.find("key")).isNull();
    assertThat(get()).isNotDone();
  }

  @Test
  void forgetsAnAnswerThatIsOnItsWay() {
    request();
    asked.getLast().complete("a");
    pass(FRESH.plusSeconds(1));
    request();
    answers.forget("key"::equals);
    asked.getLast().complete("before it was forgotten");
    assertThat(answers.find("key")).isNull();
  }

  @Test
  void findsOnlyWhatIsThere() {
    assertThat(answers.find("key")).isNull();
    request();
    assertThat(answers.find("key")).isNull();
    asked.getLast().complete("a");
    assertThat(answers.find("key")).isEqualTo("a");
    assertThat(asked).hasSize(1);
  }
}
