// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.timed;

import static io.ringside.spark.write.rows.SparkRows.array;
import static io.ringside.spark.write.rows.SparkRows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import io.ringside.spark.Tables;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.write.Plans;
import io.ringside.spark.write.rows.PreparedTexts;
import io.ringside.spark.write.send.Mutation;
import io.ringside.spark.write.send.Repetition;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimedRowBinderTest {
  private static final TableSpec TABLE =
      Tables.of("ks.t")
          .key("k int")
          .clustering("c int")
          .statics("s int")
          .regular("v int", "w int")
          .build();

  private static final String SCHEMA =
      "k int, c int, v int, _writetime_v bigint, _ttl_v int,"
          + " w int, _writetime_w bigint, _ttl_w int, _read_time timestamp";

  private static final long NOW_MILLIS = 1_700_000_000_000L;
  private static final long NOW_MICROS = NOW_MILLIS * 1000;

  private static TimedRowBinder binder(TableSpec table, String schema) {
    TimedPlan plan = (TimedPlan) Plans.of(table, schema, Map.of("write.cell-metadata", "true"));
    return new TimedRowBinder(plan.job(), plan.cells(), PreparedTexts.of(table), () -> NOW_MILLIS);
  }

  private static Mutation bind(InternalRow row) {
    return Objects.requireNonNull(binder(TABLE, SCHEMA).of(row));
  }

  private static List<@Nullable Long> times(Mutation mutation) {
    return mutation.statements().stream().map(TimedRowBinderTest::time).toList();
  }

  private static Long time(BoundStatement statement) {
    return statement.isSet("[timestamp]") ? statement.getLong("[timestamp]") : -1L;
  }

  @Test
  void writesCellsOfOneTimeTogether() {
    Mutation mutation = bind(row(1, 2, 3, 50L, null, 4, 50L, null, NOW_MICROS));
    assertThat(times(mutation)).containsExactly(50L);
  }

  @Test
  void writesCellsOfTwoTimesByTwoStatements() {
    Mutation mutation = bind(row(1, 2, 3, 50L, null, 4, 60L, null, NOW_MICROS));
    assertThat(times(mutation)).containsExactly(50L, 60L);
  }

  @Test
  void leavesTheTimeOfTheJobToTheRequest() {
    Mutation mutation = bind(row(1, 2, 3, null, null, null, null, null, NOW_MICROS));
    assertThat(times(mutation)).containsExactly(-1L);
  }

  @Test
  void countsSecondsToLiveFromTheReading() {
    Mutation mutation = bind(row(1, 2, 3, 50L, 100, null, null, null, NOW_MICROS - 30_000_000));
    assertThat(mutation.statements().get(0).getInt("[ttl]")).isEqualTo(70);
  }

  @Test
  void writesNothingOfARowThatHasExpired() {
    assertThat(
            binder(TABLE, SCHEMA)
                .of(row(1, 2, 3, 50L, 10, null, null, null, NOW_MICROS - 30_000_000)))
        .isNull();
  }

  @Test
  void refusesANullInTheKey() {
    assertThatThrownBy(() -> bind(row(null, 2, 3, 50L, null, 4, 50L, null, NOW_MICROS)))
        .hasMessageContaining("column 'k' is part of the primary key but null");
  }

  @Test
  void addsUpTheSizeOfItsStatements() {
    Mutation one = bind(row(1, 2, 3, 50L, null, 4, 50L, null, NOW_MICROS));
    Mutation two = bind(row(1, 2, 3, 50L, null, 4, 60L, null, NOW_MICROS));
    assertThat(two.size().heap()).isGreaterThan(one.size().heap() + 320);
  }

  @Test
  void writesStaticCellsOnceForRowsThatFollowOneAnother() {
    TimedRowBinder binder = binder(TABLE, "k int, c int, s int, _writetime_s bigint, _ttl_s int");
    Mutation first = Objects.requireNonNull(binder.of(row(1, 1, 7, 50L, null)));
    Mutation second = Objects.requireNonNull(binder.of(row(1, 2, 7, 50L, null)));
    assertThat(Objects.requireNonNull(first.row()).statics()).isNotNull();
    assertThat(Objects.requireNonNull(second.row()).statics()).isNull();
  }

  @Test
  void neverRepeatsAListAtItsOwnTime() {
    TableSpec lists = Tables.of("ks.t").key("k int").regular("l list<int>").build();
    TimedRowBinder binder = binder(lists, "k int, l array<int>, _writetime_l bigint, _ttl_l int");
    assertThat(Objects.requireNonNull(binder.of(row(1, array(7), 50L, null))).repetition())
        .isEqualTo(Repetition.NEVER);
  }

  @Test
  void repeatsAListAtTheTimeOfTheJobLater() {
    TableSpec lists = Tables.of("ks.t").key("k int").regular("l list<int>").build();
    TimedRowBinder binder = binder(lists, "k int, l array<int>, _writetime_l bigint, _ttl_l int");
    assertThat(Objects.requireNonNull(binder.of(row(1, array(7), null, null))).repetition())
        .isEqualTo(Repetition.LATER);
  }
}
