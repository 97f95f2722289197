// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.ringside.spark.Tables;
import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.error.ConnectorThrowable;
import io.ringside.spark.metric.WriteTaskMetrics;
import io.ringside.spark.read.fetch.Failures;
import io.ringside.spark.write.rows.PreparedTexts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StatementPreparationTest {
  private static final String CQL = "INSERT INTO ks.t (k) VALUES (?)";
  private static final PreparedStatement PREPARED = PreparedTexts.of(CQL, List.of(), List.of());

  private final Deque<DriverException> failures = new ArrayDeque<>();
  private final List<String> asked = new ArrayList<>();

  private PreparedStatement prepare(String retryTime) {
    ConnectorConfig config =
        ConnectorConfig.of(
            List.of(Map.of("write.retry-time", retryTime)), name -> name, warning -> {});
    SendPolicy policy =
        new SendPolicy(
            Tables.of("ks.t").key("k int").build(),
            RequestKind.UPSERTS,
            WriteTimes.from(1),
            config.write());
    return new StatementPreparation(this::answer, policy, new WriteTaskMetrics()).prepare(CQL);
  }

  private CompletableFuture<PreparedStatement> answer(String cql) {
    asked.add(cql);
    DriverException failure = failures.poll();
    return failure == null
        ? CompletableFuture.completedFuture(PREPARED)
        : CompletableFuture.failedFuture(failure);
  }

  @Test
  void asksAgainWhereNoNodeAnswers() {
    failures.add(Failures.timeout());
    failures.add(Failures.timeout());
    assertThat(prepare("1m")).isSameAs(PREPARED);
    assertThat(asked).hasSize(3);
  }

  @Test
  void endsWhenTheTimeToRetryIsOver() {
    for (int i = 0; i < 1000; i++) {
      failures.add(Failures.timeout());
    }
    assertThatThrownBy(() -> prepare("1ms"))
        .isInstanceOf(ConnectorThrowable.class)
        .hasMessageStartingWith("Cannot write to ks.t: '" + CQL + "' was not prepared after ")
        .hasMessageContaining("raise write.retry-time");
  }

  @Test
  void doesNotAskAgainForWhatIsRefused() {
    failures.add(Failures.unauthorized());
    assertThatThrownBy(() -> prepare("1m"))
        .hasMessageStartingWith(
            "Cannot write to ks.t: Cassandra does not prepare '%s': User u".formatted(CQL))
        .hasMessageContaining("Grant MODIFY on the table to this user; what was written before");
    failures.add(Failures.invalid("unconfigured table t"));
    assertThatThrownBy(() -> prepare("1m"))
        .hasMessageContaining("The table has changed since the job was planned: load it again");
    assertThat(asked).hasSize(2);
  }
}
