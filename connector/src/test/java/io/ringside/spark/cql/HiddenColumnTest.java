// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cql;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.type.DataTypes;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.ServerFeatures;
import io.ringside.spark.schema.TableKind;
import io.ringside.spark.schema.TableSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HiddenColumnTest {
  private static TableSpec table(TableKind kind, ServerFeatures features, ColumnSpec... more) {
    List<ColumnSpec> columns =
        new ArrayList<>(
            List.of(
                ColumnSpec.of("Id", DataTypes.INT, ColumnKind.PARTITION_KEY),
                ColumnSpec.of("n", DataTypes.INT, ColumnKind.CLUSTERING),
                ColumnSpec.of("s", DataTypes.TEXT, ColumnKind.STATIC),
                ColumnSpec.of("MiXed", DataTypes.INT, ColumnKind.REGULAR),
                ColumnSpec.of(
                    "m", DataTypes.mapOf(DataTypes.INT, DataTypes.INT), ColumnKind.REGULAR),
                ColumnSpec.of("f", DataTypes.frozenListOf(DataTypes.INT), ColumnKind.REGULAR)));
    columns.addAll(List.of(more));
    return new TableSpec("ks", "t", null, kind, columns, List.of(), features);
  }

  private static List<String> names(TableSpec table) {
    return HiddenColumn.of(table).stream()
        .map(hidden -> hidden.column().name() + " " + hidden.column().type().asCql(true, true))
        .toList();
  }

  @Test
  void tellsTimesOfElementsWhereServersDo() {
    assertThat(names(table(TableKind.TABLE, new ServerFeatures(true, true))))
        .containsExactly(
            "_token bigint",
            "_read_time timestamp",
            "_writetime_s bigint",
            "_ttl_s int",
            "_writetime_MiXed bigint",
            "_ttl_MiXed int",
            "_writetime_m frozen<list<bigint>>",
            "_ttl_m frozen<list<int>>",
            "_writetime_f bigint",
            "_ttl_f int");
  }

  @Test
  void leavesOutWhatServersDoNotTell() {
    assertThat(names(table(TableKind.TABLE, ServerFeatures.NONE)))
        .containsExactly(
            "_read_time timestamp",
            "_writetime_s bigint",
            "_ttl_s int",
            "_writetime_MiXed bigint",
            "_ttl_MiXed int",
            "_writetime_f bigint",
            "_ttl_f int");
    assertThat(names(table(TableKind.VIRTUAL, new ServerFeatures(true, true)))).isEmpty();
    assertThat(names(table(TableKind.NODE_LOCAL, new ServerFeatures(true, true)))).isEmpty();
  }

  @Test
  void givesWayToColumnsOfTheTable() {
    TableSpec table =
        table(
            TableKind.TABLE,
            new ServerFeatures(true, true),
            ColumnSpec.of("_token", DataTypes.TEXT, ColumnKind.REGULAR),
            ColumnSpec.of("_ttl_s", DataTypes.TEXT, ColumnKind.REGULAR));
    assertThat(HiddenColumn.find(table, "_token")).isNull();
    assertThat(HiddenColumn.find(table, "_ttl_s")).isNull();
    assertThat(HiddenColumn.find(table, "_ttl__ttl_s")).isNotNull();
    assertThat(HiddenColumn.find(table, "_writetime_s")).isNotNull();
    assertThat(HiddenColumn.find(table, "_ttl_mixed")).isNull();
    assertThat(HiddenColumn.find(table, "_ttl_n")).isNull();
  }

  @Test
  void asksTheServer() {
    TableSpec table = table(TableKind.TABLE, new ServerFeatures(true, true));
    SelectQuery query =
        new SelectQuery(
            table,
            HiddenColumn.of(table).stream().map(HiddenColumn::selection).limit(6).toList(),
            List.of(),
            List.of(),
            List.of(),
            RowLimits.NONE,
            false);
    assertThat(query.wholeTable())
        .isEqualTo(
            "SELECT \"token\"(\"Id\"),totimestamp(now()),writetime(s),ttl(s),writetime(\"MiXed\"),"
                + "ttl(\"MiXed\") FROM ks.t");
  }
}
