// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.ringside.spark.write.rows.PreparedTexts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class PreparedStatementsTest implements PreparedStatements.Preparer {
  private static final String CQL = "SELECT v FROM ks.t WHERE k = ?";
  private static final PreparedStatement PREPARED = PreparedTexts.of(CQL, List.of(), List.of());

  private final PreparedStatements statements = new PreparedStatements();
  private final List<SimpleStatement> asked = new ArrayList<>();
  private final List<CompletableFuture<PreparedStatement>> answers = new ArrayList<>();
  private final Deque<Runnable> later = new ArrayDeque<>();
  private long pause;

  @Override
  public CompletionStage<PreparedStatement> prepare(SimpleStatement statement) {
    asked.add(statement);
    answers.add(new CompletableFuture<>());
    return answers.get(answers.size() - 1);
  }

  @Override
  public void runLater(Runnable action, long millis) {
    later.add(action);
    pause = millis;
  }

  private void passTime() {
    later.removeFirst().run();
  }

  @Test
  void asksOnceForAllWhoUseAStatement() {
    CompletableFuture<PreparedStatement> first = statements.prepare(this, CQL);
    answers.get(0).complete(PREPARED);
    assertThat(first).isCompletedWithValue(PREPARED);
    assertThat(statements.prepare(this, CQL)).isSameAs(first);
    passTime();
    assertThat(asked).hasSize(1);
    assertThat(later).isEmpty();
  }

  @Test
  void asksAnotherNodeWhenThereIsNoAnswerForHalfASecond() {
    CompletableFuture<PreparedStatement> prepared = statements.prepare(this, CQL);
    passTime();
    assertThat(pause).isEqualTo(500);
    answers.get(1).complete(PREPARED);
    assertThat(prepared).isCompletedWithValue(PREPARED);
    // What comes of the first request does not matter any more.
    answers.get(0).completeExceptionally(new IllegalStateException("timed out"));
    assertThat(statements.prepare(this, CQL)).isCompletedWithValue(PREPARED);
    assertThat(asked).hasSize(2);
  }

  @Test
  void makesRequestsThatTheDriverTakesForDifferent() {
    CompletableFuture<PreparedStatement> prepared = statements.prepare(this, CQL);
    passTime();
    passTime();
    passTime();
    assertThat(later).isEmpty();
    assertThat(prepared).isNotDone();
    assertThat(asked).hasSize(4);
    assertThat(new HashSet<>(asked)).hasSize(4);
    assertThat(asked).allMatch(statement -> statement.getQuery().equals(CQL));
  }

  @Test
  void failsWithTheDriversFailureAndAsksAnewTheNextTime() {
    CompletableFuture<PreparedStatement> refused = statements.prepare(this, CQL);
    IllegalStateException failure = new IllegalStateException("refused");
    answers.get(0).completeExceptionally(new CompletionException(failure));
    assertThat(refused).isCompletedExceptionally();
    assertThat(refused.handle((statement, cause) -> cause).join()).isSameAs(failure);
    CompletableFuture<PreparedStatement> again = statements.prepare(this, CQL);
    answers.get(1).complete(PREPARED);
    assertThat(again).isCompletedWithValue(PREPARED);
  }
}
