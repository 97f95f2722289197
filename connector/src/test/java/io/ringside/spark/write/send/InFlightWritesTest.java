// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.connection.BusyConnectionException;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.type.DataTypes;
import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.error.ConnectorThrowable;
import io.ringside.spark.metric.WriteTaskMetrics;
import io.ringside.spark.read.fetch.Failures;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableKind;
import io.ringside.spark.schema.TableSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The sender of mutations, with a cluster that answers when and what the test says. */
class InFlightWritesTest {
  private static final TableSpec TABLE =
      new TableSpec(
          "ks",
          "t",
          null,
          TableKind.TABLE,
          List.of(
              ColumnSpec.of("k", DataTypes.INT, ColumnKind.PARTITION_KEY),
              ColumnSpec.of("c", DataTypes.INT, ColumnKind.CLUSTERING),
              ColumnSpec.of("v", DataTypes.INT, ColumnKind.REGULAR)));

  private static final long START = 1_000_000;

  private final List<Statement<?>> sent = new ArrayList<>();
  private final Deque<CompletableFuture<Boolean>> open = new ArrayDeque<>();
  private final List<Long> delays = new ArrayList<>();
  private final Deque<Runnable> waiting = new ArrayDeque<>();

  private @Nullable String obstacle;

  private CompletionStage<Boolean> send(Statement<?> statement) {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    sent.add(statement);
    open.add(answer);
    return answer;
  }

  private InFlightWrites writes(RequestKind kind, Map<String, String> options) {
    ConnectorConfig config = ConnectorConfig.of(List.of(options), name -> name, warning -> {});
    WriteTimes times = kind.takesWriteTime() ? WriteTimes.from(START) : WriteTimes.ofCoordinators();
    return new InFlightWrites(
        this::send,
        new SendPolicy(TABLE, kind, times, config.write()),
        times.clock(TaskPlace.OF_DRIVER),
        null,
        new WriteTaskMetrics(),
        () -> obstacle,
        millis -> {
          delays.add(millis);
          return waiting::add;
        });
  }

  private InFlightWrites writes() {
    return writes(RequestKind.UPSERTS, Map.of());
  }

  private static Batch batch(Mutation... mutations) {
    Batch batch = new Batch(mutations[0].partition());
    for (Mutation mutation : mutations) {
      batch.add(mutation);
    }
    return batch;
  }

  private void answer() {
    open.remove().complete(true);
  }

  private void fail(Throwable error) {
    open.remove().completeExceptionally(error);
  }

  private void timeOut() {
    fail(new DriverTimeoutException("no answer"));
  }

  private void passTime() {
    waiting.remove().run();
  }

  private static void submitInterrupted(InFlightWrites writes, Batch batch) {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> writes.submit(batch)).hasMessageContaining("killed the task");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void sendsWithoutWaitingForAnswers() {
    InFlightWrites writes = writes();
    writes.submit(batch(Mutations.of(1, 1)));
    writes.submit(batch(Mutations.of(2, 1)));
    assertThat(sent).hasSize(2);
  }

  @Test
  void hasNoMoreRequestsUnderWayThanTheOptionSays() {
    InFlightWrites writes = writes(RequestKind.UPSERTS, Map.of("write.in-flight", "1"));
    writes.submit(batch(Mutations.of(1, 1)));
    submitInterrupted(writes, batch(Mutations.of(2, 1)));
    assertThat(sent).hasSize(1);
  }

  @Test
  void boundsRequestsByTheMemoryThatTheyTake() {
    InFlightWrites writes = writes(RequestKind.UPSERTS, Map.of("write.buffer-size", "900"));
    writes.submit(batch(Mutations.of(1, 1)));
    submitInterrupted(writes, batch(Mutations.of(2, 1)));
    assertThat(sent).hasSize(1);
  }

  @Test
  void makesRoomWhenAnAnswerComes() {
    InFlightWrites writes = writes(RequestKind.UPSERTS, Map.of("write.in-flight", "1"));
    writes.submit(batch(Mutations.of(1, 1)));
    answer();
    writes.submit(batch(Mutations.of(2, 1)));
    assertThat(sent).hasSize(2);
  }

  @Test
  void drainsWhenAllIsAcknowledged() {
    InFlightWrites writes = writes();
    writes.submit(batch(Mutations.of(1, 1)));
    answer();
    writes.drain();
    assertThat(open).isEmpty();
  }

  @Test
  void sendsTheSameAgainAfterATimeOut() {
    InFlightWrites writes = writes();
    writes.submit(batch(Mutations.of(1, 1)));
    timeOut();
    passTime();
    assertThat(sent).hasSize(2);
    assertThat(sent.get(1).getQueryTimestamp()).isEqualTo(sent.get(0).getQueryTimestamp());
  }

  @Test
  void waitsBeforeItAsksAnOverloadedServerAgain() {
    InFlightWrites writes = writes();
    writes.submit(batch(Mutations.of(1, 1)));
    for (int i = 0; i < 6; i++) {
      fail(new BusyConnectionException(1));
      passTime();
    }
    assertThat(delays).hasSize(6).allMatch(millis -> millis >= 0 && millis <= 10_000);
    assertThat(delays).anyMatch(millis -> millis > 0);
  }

  @Test
  void halvesTheWindowWhenAServerIsOverloaded() {
    InFlightWrites writes = writes(RequestKind.UPSERTS, Map.of("write.in-flight", "2"));
    writes.submit(batch(Mutations.of(1, 1)));
    fail(new BusyConnectionException(1));
    submitInterrupted(writes, batch(Mutations.of(2, 1)));
    assertThat(sent).hasSize(1);
  }

  @Test
  void failsWithTheFirstFailure() {
    InFlightWrites writes = writes();
    writes.submit(batch(Mutations.of(1, 1)));
    writes.submit(batch(Mutations.of(2, 1)));
    fail(new IllegalArgumentException("the first"));
    fail(new IllegalArgumentException("the second"));
    assertThatThrownBy(writes::drain)
        .isInstanceOf(ConnectorThrowable.class)
        .hasMessageContaining("the first")
        .hasMessageContaining("writing the same rows again is safe");
  }

  @Test
  void sendsNothingAfterAFailure() {
    InFlightWrites writes = writes();
    writes.submit(batch(Mutations.of(1, 1)));
    fail(new IllegalArgumentException("refused"));
    assertThatThrownBy(() -> writes.submit(batch(Mutations.of(2, 1))))
        .hasMessageContaining("refused");
    assertThat(sent).hasSize(1);
  }

  @Test
  void sendsNoRetryAfterAStop() {
    InFlightWrites writes = writes();
    writes.submit(batch(Mutations.of(1, 1)));
    timeOut();
    writes.stop();
    passTime();
    assertThat(sent).hasSize(1);
    assertThatThrownBy(writes::drain).hasMessageContaining("the task was aborted");
  }

  @Test
  void givesUpWhenTheTimeForRetriesIsOver() {
    InFlightWrites writes = writes(RequestKind.UPSERTS, Map.of("write.retry-time", "1ms"));
    writes.submit(batch(Mutations.of(1, 1)));
    for (timeOut(); !waiting.isEmpty() && sent.size() < 1000; timeOut()) {
      passTime();
    }
    assertThatThrownBy(writes::drain).hasMessageContaining("was not acknowledged at LOCAL_QUORUM");
  }

  @Test
  void givesLaterRequestsLaterWriteTimes() {
    InFlightWrites writes = writes();
    writes.submit(batch(Mutations.of(1, 1)));
    writes.submit(batch(Mutations.of(1, 1)));
    assertThat(sent.stream().map(Statement::getQueryTimestamp))
        .containsExactly(START, START + WriteClock.STEP_MICROS);
  }

  @Test
  void setsListsAgainAtALaterTime() {
    InFlightWrites writes = writes(RequestKind.LISTS, Map.of());
    writes.submit(batch(Mutations.of(1, 1, Repetition.LATER)));
    timeOut();
    passTime();
    assertThat(sent.get(1).getQueryTimestamp()).isGreaterThan(sent.get(0).getQueryTimestamp());
  }

  @Test
  void setsAListAgainBeforeTheNextRequestOfItsPartition() {
    InFlightWrites writes = writes(RequestKind.LISTS, Map.of());
    writes.submit(batch(Mutations.of(1, 1, Repetition.LATER)));
    writes.submit(batch(Mutations.of(1, 1, Repetition.LATER)));
    timeOut();
    passTime();
    answer();
    assertThat(sent).hasSize(3);
    assertThat(sent.get(2).getQueryTimestamp()).isGreaterThan(sent.get(1).getQueryTimestamp());
  }

  @Test
  void movesTheTimesThatStatementsBring() {
    InFlightWrites writes = writes(RequestKind.LISTS, Map.of());
    writes.submit(batch(Mutations.withOwnTime(1), Mutations.withOwnTime(1)));
    timeOut();
    passTime();
    List<Long> times = new ArrayList<>();
    for (Statement<?> statement : sent) {
      ((BatchStatement) statement)
          .forEach(one -> times.add(((BoundStatement) one).getLong("[timestamp]")));
    }
    assertThat(times).hasSize(4).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void letsOneConditionalRequestOfAPartitionGoAtATime() {
    InFlightWrites writes = writes(RequestKind.CONDITIONS, Map.of());
    writes.submit(batch(Mutations.of(1, 1, Repetition.CHECKED)));
    writes.submit(batch(Mutations.of(1, 2, Repetition.CHECKED)));
    writes.submit(batch(Mutations.of(2, 1, Repetition.CHECKED)));
    assertThat(sent).hasSize(2);
    answer();
    assertThat(sent).hasSize(3);
  }

  @Test
  void failsWhenAConditionDoesNotHoldAndTheOptionSaysSo() {
    InFlightWrites writes = writes(RequestKind.CONDITIONS, Map.of("write.not-applied", "fail"));
    writes.submit(batch(Mutations.of(1, 1, Repetition.CHECKED)));
    open.remove().complete(false);
    assertThatThrownBy(writes::drain).hasMessageContaining("did not hold");
  }

  @Test
  void doesNotRepeatWhatAddsWhenTheOutcomeIsUnknown() {
    InFlightWrites writes = writes(RequestKind.COUNTERS, Map.of());
    writes.submit(batch(Mutations.of(1, 1, Repetition.NEVER)));
    timeOut();
    assertThat(waiting).isEmpty();
    assertThatThrownBy(writes::drain).hasMessageContaining("It is unknown whether these rows");
  }

  @Test
  void repeatsWhatAddsWhenNothingCameOfIt() {
    InFlightWrites writes = writes(RequestKind.COUNTERS, Map.of());
    writes.submit(batch(Mutations.of(1, 1, Repetition.NEVER)));
    fail(new BusyConnectionException(1));
    passTime();
    assertThat(sent).hasSize(2);
  }

  @Test
  void tellsTheDriverWhatMayBeRepeated() {
    Map<Repetition, Boolean> idempotent = new HashMap<>();
    for (Repetition repetition : Repetition.values()) {
      InFlightWrites writes = writes();
      sent.clear();
      writes.submit(batch(Mutations.of(1, 1, repetition)));
      idempotent.put(repetition, Objects.requireNonNull(sent.get(0).isIdempotent()));
    }
    assertThat(idempotent)
        .containsEntry(Repetition.SAME, true)
        .containsEntry(Repetition.LATER, false)
        .containsEntry(Repetition.CHECKED, false)
        .containsEntry(Repetition.NEVER, false);
  }

  @Test
  void doesNotRepeatWhatCanNeverSucceed() {
    InFlightWrites writes = writes();
    writes.submit(batch(Mutations.of(1, 1)));
    obstacle = "the table was dropped while the job ran";
    timeOut();
    assertThat(waiting).isEmpty();
    assertThatThrownBy(writes::drain)
        .hasMessageStartingWith("Cannot write to ks.t: the table was dropped while the job ran.");
  }

  @Test
  void saysWhatToDoWhereTheServerRefuses() {
    InFlightWrites writes = writes();
    writes.submit(batch(Mutations.of(1, 1)));
    fail(Failures.unauthorized());
    assertThat(waiting).isEmpty();
    assertThatThrownBy(writes::drain)
        .hasMessageContaining("was not acknowledged at LOCAL_QUORUM after 1 tries")
        .hasMessageContaining("Grant MODIFY on the table to this user;");
  }

  @Test
  void listsTheRowsWhoseOutcomeIsUnknown() {
    assertThat(UnknownOutcomes.statements(TABLE, batch(Mutations.of(1, 1), Mutations.of(1, 2))))
        .containsExactly(
            "SELECT * FROM ks.t WHERE k = 1 AND c = 1;",
            "SELECT * FROM ks.t WHERE k = 1 AND c = 2;");
  }
}
