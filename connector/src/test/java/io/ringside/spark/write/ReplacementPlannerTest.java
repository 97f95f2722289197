// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringside.spark.Tables;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.write.rows.MutationPlan;
import io.ringside.spark.write.rows.ReplacementPlan;
import io.ringside.spark.write.send.RequestKind;
import io.ringside.spark.write.send.TaskPlace;
import io.ringside.spark.write.send.WriteClock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplacementPlannerTest {
  private static final TaskPlace SECOND_ATTEMPT = new TaskPlace(3, 5, 1);

  private static final TableSpec TABLE =
      Tables.of("ks.t").key("k int").clustering("c int").regular("v int", "m set<int>").build();

  private static final TableSpec LISTS =
      Tables.of("ks.t").key("k int").clustering("c int").regular("l list<int>").build();

  private static MutationPlan plan(Map<String, String> options) {
    return Plans.replacing(TABLE, "k int, c int, v int, m array<int>", options);
  }

  private static WriteClock clock(MutationPlan plan) {
    return plan.job().send().times().clock(SECOND_ATTEMPT);
  }

  @Test
  void givesAllRowsOfAllAttemptsTheJobsTime() {
    WriteClock clock = clock(plan(Map.of()));
    assertThat(clock.next()).isEqualTo(1000);
    assertThat(clock.next()).isEqualTo(1000);
  }

  @Test
  void takesTheTimeThatIsGiven() {
    MutationPlan plan = plan(Map.of("write.timestamp", "77"));
    assertThat(((ReplacementPlan) plan).deletionMicros()).isEqualTo(76);
    assertThat(clock(plan).next()).isEqualTo(77);
  }

  @Test
  void setsListsAtLaterAndLaterTimes() {
    MutationPlan plan = Plans.replacing(LISTS, "k int, c int, l array<int>", Map.of());
    assertThat(plan.job().send().kind()).isEqualTo(RequestKind.LISTS);
    assertThat(((ReplacementPlan) plan).deletionMicros()).isEqualTo(999);
    WriteClock clock = clock(plan);
    assertThat(clock.next()).isGreaterThan(1000).isLessThan(clock.next());
  }

  @Test
  void showsBothStatements() {
    assertThat(plan(Map.of("write.ttl", "60")).cql())
        .isEqualTo(
            "DELETE FROM ks.t USING TIMESTAMP ? WHERE k=?;"
                + " INSERT INTO ks.t (k,c,v,m) VALUES (?,?,?,?) USING TTL ?");
  }

  @ParameterizedTest
  @CsvSource({
    "write.timestamp,        server, 'write.timestamp'' as ''server'",
    "write.timestamp-column, v,      'write.timestamp-column'",
    "write.collection.m,     append, 'write.collection'",
    "write.if,               v > 1,  'write.if'",
    "write.if-not-exists,    true,   'write.if-not-exists'"
  })
  void refusesWhatRowsOfOneTimeCannotFollow(String option, String value, String named) {
    assertThatThrownBy(() -> plan(Map.of(option, value)))
        .hasMessageStartingWith(
            "Cannot overwrite partitions of ks.t: each is deleted, and all its rows are written"
                + " one microsecond later, which '%s' cannot follow.".formatted(named));
  }

  @Test
  void refusesCellsOfTheirOwnTimes() {
    assertThatThrownBy(
            () ->
                Plans.replacing(
                    TABLE,
                    "k int, c int, v int, _writetime_v bigint, _ttl_v int",
                    Map.of("write.cell-metadata", "true")))
        .hasMessageContaining("which 'write.cell-metadata' cannot follow");
  }

  @Test
  void refusesCounters() {
    TableSpec counters = Tables.of("ks.t").key("k int").regular("n counter").build();
    assertThatThrownBy(() -> Plans.replacing(counters, "k int, n bigint", Map.of()))
        .hasMessageStartingWith("Cannot overwrite partitions of ks.t: it has counters");
  }

  @Test
  void refusesAPartitionKeyThatSparkCannotBringTogether() {
    TableSpec maps = Tables.of("ks.t").key("k frozen<map<int, int>>").regular("v int").build();
    assertThatThrownBy(() -> Plans.replacing(maps, "k map<int, int>, v int", Map.of()))
        .hasMessageContaining("its partition key holds a map");
  }
}
