// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.timed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.internal.core.type.UserDefinedTypeBuilder;
import io.ringside.spark.error.ConnectorThrowable;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableKind;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.write.Plans;
import io.ringside.spark.write.send.Repetition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimedCellsPlannerTest {
  private static final TableSpec TABLE =
      new TableSpec(
          "ks",
          "t",
          null,
          TableKind.TABLE,
          List.of(
              ColumnSpec.of("id", DataTypes.INT, ColumnKind.PARTITION_KEY),
              ColumnSpec.of("n", DataTypes.INT, ColumnKind.CLUSTERING),
              ColumnSpec.of("s", DataTypes.INT, ColumnKind.STATIC),
              ColumnSpec.of("MiXed", DataTypes.INT, ColumnKind.REGULAR),
              ColumnSpec.of("m", DataTypes.mapOf(DataTypes.INT, DataTypes.INT), ColumnKind.REGULAR),
              ColumnSpec.of("l", DataTypes.listOf(DataTypes.INT), ColumnKind.REGULAR),
              ColumnSpec.of(
                  "u",
                  new UserDefinedTypeBuilder(
                          CqlIdentifier.fromInternal("ks"), CqlIdentifier.fromInternal("udt"))
                      .withField(CqlIdentifier.fromInternal("a"), DataTypes.INT)
                      .withField(CqlIdentifier.fromInternal("B b"), DataTypes.INT)
                      .build(),
                  ColumnKind.REGULAR)));

  private static TimedPlan plan(String schema, Map<String, String> options) {
    Map<String, String> all = new HashMap<>(options);
    all.put("write.cell-metadata", "true");
    return (TimedPlan) Plans.of(TABLE, schema, all);
  }

  private static TimedCells timed(String schema) {
    return plan(schema, Map.of()).cells();
  }

  @Test
  void setsWholeColumnsElementsAndFields() {
    TimedCells timed =
        timed(
            "_ttl_s INT, _writetime_s BIGINT, s INT, n INT, id INT,"
                + " `MiXed` INT, `_writetime_MiXed` TIMESTAMP, `_ttl_MiXed` BIGINT,"
                + " m MAP<INT, INT>, _writetime_m ARRAY<BIGINT>, _ttl_m ARRAY<INT>,"
                + " u STRUCT<a: INT, `B b`: INT>, _writetime_u ARRAY<BIGINT>, _ttl_u ARRAY<INT>,"
                + " _read_time TIMESTAMP");
    assertThat(timed.insert())
        .isEqualTo(
            "INSERT INTO ks.t (id,n,s,\"MiXed\") VALUES (?,?,?,?) USING TIMESTAMP ? AND TTL ?");
    assertThat(timed.update())
        .isEqualTo(
            "UPDATE ks.t USING TIMESTAMP ? AND TTL ? SET s=?, \"MiXed\"=?, m=m+?, u.a=?, u.\"B"
                + " b\"=? WHERE id=? AND n=?");
    assertThat(timed.updatePartition())
        .isEqualTo("UPDATE ks.t USING TIMESTAMP ? AND TTL ? SET s=? WHERE id=?");
    assertThat(timed.readTime()).isEqualTo(14);
  }

  @Test
  void takesAWholeCollectionWithOneTime() {
    TimedCells timed = timed("id INT, n INT, l ARRAY<INT>, _writetime_l BIGINT, _ttl_l INT");
    assertThat(timed.insert())
        .isEqualTo("INSERT INTO ks.t (id,n,l) VALUES (?,?,?) USING TIMESTAMP ? AND TTL ?");
    assertThat(timed.readTime()).isEqualTo(TimedCells.NONE);
    assertThat(timed.updatePartition()).isNull();
  }

  @Test
  void knowsThatAddingToListsTwiceAddsTwice() {
    String list = "id INT, n INT, l ARRAY<INT>, _writetime_l ARRAY<BIGINT>, _ttl_l ARRAY<INT>";
    assertThat(plan(list, Map.of()).job().repetition()).isEqualTo(Repetition.NEVER);
    String map = "id INT, n INT, m MAP<INT, INT>, _writetime_m ARRAY<BIGINT>, _ttl_m ARRAY<INT>";
    assertThat(plan(map, Map.of()).job().repetition()).isEqualTo(Repetition.SAME);
  }

  @Test
  void knowsThatSettingAListAtItsOwnTimeTwiceDoublesIt() {
    String list = "id INT, n INT, l ARRAY<INT>, _writetime_l BIGINT, _ttl_l INT";
    assertThat(plan(list, Map.of()).job().repetition()).isEqualTo(Repetition.NEVER);
  }

  @Test
  void writesPartitionsWithoutRows() {
    TimedCells timed = timed("id INT, s INT, _writetime_s BIGINT, _ttl_s INT");
    assertThat(timed.insert()).isNull();
    assertThat(timed.update()).isNull();
    assertThat(timed.updatePartition()).isNotNull();
  }

  @Test
  void refusesToLoseTimes() {
    assertThatThrownBy(
            () ->
                plan(
                    "id INT, n INT, s INT, `MiXed` INT, `_ttl_MiXed` STRING,"
                        + " `_writetime_MiXed` BIGINT, m MAP<INT, INT>, _writetime_m BIGINT,"
                        + " _ttl_m ARRAY<INT>, _writetime_l ARRAY<BIGINT>, x INT",
                    Map.of("write.ttl", "5", "write.nulls", "tombstone")))
        .isInstanceOf(ConnectorThrowable.class)
        .hasMessageContaining("column 's' has no '_writetime_s' or no '_ttl_s' beside it")
        .hasMessageContaining("column '_ttl_MiXed' is of Spark type string. Cast it to int.")
        .hasMessageContaining("columns '_writetime_m' and '_ttl_m' are of Spark types bigint and")
        .hasMessageContaining("times of column 'l' and not the column itself")
        .hasMessageContaining("it has no column 'x'")
        .hasMessageContaining("there is no [write.ttl, write.nulls=tombstone]");
  }

  @Test
  void refusesTimesOfCellsUnlessTold() {
    assertThatThrownBy(() -> Plans.of(TABLE, "id INT, n INT, s INT, _writetime_s BIGINT", Map.of()))
        .hasMessageContaining("it has no column '_writetime_s'");
  }
}
