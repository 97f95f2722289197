// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.type.DataTypes;
import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.config.Content;
import io.ringside.spark.error.ConnectorThrowable;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableKind;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.write.rows.RowPlan;
import io.ringside.spark.write.rows.RowStatement;
import io.ringside.spark.write.rows.RowStatement.Marker;
import io.ringside.spark.write.rows.RowStatement.Role;
import io.ringside.spark.write.send.Repetition;
import io.ringside.spark.write.send.RequestKind;
import io.ringside.spark.write.send.WriteTimes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class WritePlannerTest {
  private static final TableSpec TABLE =
      table(
          TableKind.TABLE,
          ColumnSpec.of("id", DataTypes.INT, ColumnKind.PARTITION_KEY),
          ColumnSpec.of("n", DataTypes.INT, ColumnKind.CLUSTERING),
          ColumnSpec.of("s", DataTypes.INT, ColumnKind.STATIC),
          ColumnSpec.of("v", DataTypes.INT, ColumnKind.REGULAR));
  private static final TableSpec COUNTERS =
      table(
          TableKind.TABLE,
          ColumnSpec.of("id", DataTypes.INT, ColumnKind.PARTITION_KEY),
          ColumnSpec.of("c", DataTypes.COUNTER, ColumnKind.REGULAR));

  private static TableSpec table(TableKind kind, ColumnSpec... columns) {
    return new TableSpec("ks", "t", null, kind, List.of(columns));
  }

  private static RowPlan plan(TableSpec table, String schema, Map<String, String> options) {
    return plan(table, schema, options, false);
  }

  private static RowPlan plan(
      TableSpec table, String schema, Map<String, String> options, boolean speculation) {
    return (RowPlan)
        new WritePlanner(
                table,
                ConnectorConfig.of(
                    List.of(options), Content.shippedAt(name -> name), warning -> {}),
                StructType.fromDDL(schema))
            .plan(1000, speculation);
  }

  private static List<Role> roles(RowStatement statement) {
    return statement.markers().stream().map(Marker::role).toList();
  }

  private static List<Integer> ordinals(RowStatement statement) {
    return statement.markers().stream().map(Marker::ordinal).toList();
  }

  @Test
  void insertsRowsAndSingleStaticColumns() {
    RowPlan plan = plan(TABLE, "v int, s int, n int, id int", Map.of());
    assertThat(plan.job().repetition()).isEqualTo(Repetition.SAME);
    assertThat(plan.job().send().kind()).isEqualTo(RequestKind.UPSERTS);
    assertThat(plan.job().startMicros()).isEqualTo(1000);
    assertThat(plan.row().cql()).isEqualTo("INSERT INTO ks.t (v,s,n,id) VALUES (?,?,?,?)");
    assertThat(roles(plan.row())).containsExactly(Role.CELL, Role.CELL, Role.KEY, Role.KEY);
    RowStatement staticRow = Objects.requireNonNull(plan.staticRow());
    assertThat(staticRow.cql()).isEqualTo("INSERT INTO ks.t (s,id) VALUES (?,?)");
    assertThat(ordinals(staticRow)).containsExactly(1, 3);
    assertThat(plan(TABLE, "id int, n int, v int", Map.of()).staticRow()).isNull();
    assertThat(plan(TABLE, "id int, s int", Map.of()).row().cql())
        .isEqualTo("INSERT INTO ks.t (id,s) VALUES (?,?)");
  }

  @Test
  void takesTimesFromColumnsThatAreNotWritten() {
    RowPlan plan =
        plan(
            TABLE,
            "id int, n int, at timestamp, seconds bigint, v int",
            Map.of("write.ttl-column", "seconds", "write.timestamp-column", "at"));
    assertThat(plan.row().cql())
        .isEqualTo("INSERT INTO ks.t (id,n,v) VALUES (?,?,?) USING TIMESTAMP ? AND TTL ?");
    assertThat(ordinals(plan.row())).containsExactly(0, 1, 4, 2, 3);
    RowStatement constant = plan(TABLE, "id int, n int", Map.of("write.ttl", "5")).row();
    assertThat(ordinals(constant)).containsExactly(0, 1, Marker.CONSTANT);
  }

  @Test
  void updatesUnderACondition() {
    RowPlan plan =
        plan(
            TABLE,
            "id int, n int, v int, old int",
            Map.of("write.if", "v = :old AND v > :v", "write.ttl", "9"));
    assertThat(plan.job().send().kind()).isEqualTo(RequestKind.CONDITIONS);
    assertThat(plan.job().startMicros()).isNull();
    assertThat(plan.row().cql())
        .isEqualTo("UPDATE ks.t USING TTL ? SET v=? WHERE id=? AND n=? IF v = ? AND v > ?");
    assertThat(roles(plan.row()))
        .containsExactly(Role.TTL, Role.CELL, Role.KEY, Role.KEY, Role.CONDITION, Role.CONDITION);
    assertThat(ordinals(plan.row())).containsExactly(Marker.CONSTANT, 2, 0, 1, 3, 2);
    assertThat(plan(TABLE, "id int, n int", Map.of("write.if-not-exists", "true")).row().cql())
        .isEqualTo("INSERT INTO ks.t (id,n) VALUES (?,?) IF NOT EXISTS");
  }

  @Test
  void addsToCounters() {
    RowPlan plan = plan(COUNTERS, "id int, c bigint", Map.of());
    assertThat(plan.job().send().kind()).isEqualTo(RequestKind.COUNTERS);
    assertThat(plan.job().startMicros()).isNull();
    assertThat(plan.row().cql()).isEqualTo("UPDATE ks.t SET c=c+? WHERE id=?");
    assertThat(roles(plan.row())).containsExactly(Role.CHANGE, Role.KEY);
    assertThatThrownBy(() -> plan(COUNTERS, "id int, c bigint", Map.of(), true))
        .isInstanceOf(ConnectorThrowable.class)
        .hasMessageContaining("spark.speculation is on");
    assertThat(
            plan(COUNTERS, "id int, c bigint", Map.of("write.allow-speculation", "true"), true)
                .job()
                .send()
                .kind())
        .isEqualTo(RequestKind.COUNTERS);
    assertThatThrownBy(() -> plan(COUNTERS, "id int", Map.of("write.if-not-exists", "true")))
        .hasMessageContaining("the data has no column to change")
        .hasMessageContaining("counters cannot be changed conditionally");
  }

  @Test
  void changesCollections() {
    TableSpec table =
        table(
            TableKind.TABLE,
            ColumnSpec.of("id", DataTypes.INT, ColumnKind.PARTITION_KEY),
            ColumnSpec.of("l", DataTypes.listOf(DataTypes.INT), ColumnKind.REGULAR),
            ColumnSpec.of("s", DataTypes.setOf(DataTypes.INT), ColumnKind.REGULAR),
            ColumnSpec.of("m", DataTypes.mapOf(DataTypes.TEXT, DataTypes.INT), ColumnKind.REGULAR),
            ColumnSpec.of("f", DataTypes.frozenSetOf(DataTypes.INT), ColumnKind.REGULAR));
    RowPlan plan =
        plan(
            table,
            "id int, l array<int>, s array<int>, m array<string>, f array<int>",
            Map.of(
                "write.collection.l",
                "prepend",
                "write.collection.s",
                "append",
                "write.collection.m",
                "remove"));
    assertThat(plan.job().repetition()).isEqualTo(Repetition.NEVER);
    assertThat(plan.job().startMicros()).isEqualTo(1000);
    assertThat(plan.row().cql()).isEqualTo("UPDATE ks.t SET l=?+l, s=s+?, m=m-?, f=? WHERE id=?");
    assertThat(roles(plan.row()))
        .containsExactly(Role.CHANGE, Role.CHANGE, Role.CHANGE, Role.CELL, Role.KEY);
    assertThat(
            plan(table, "id int, l array<int>", Map.of("write.collection.l", "remove"))
                .job()
                .repetition())
        .isEqualTo(Repetition.SAME);
    assertThat(plan(table, "id int, l array<int>", Map.of()).job().repetition())
        .isEqualTo(Repetition.LATER);
    assertThat(plan(table, "id int, s array<int>", Map.of()).job().repetition())
        .isEqualTo(Repetition.SAME);
    assertThat(
            plan(table, "id int, l array<int>", Map.of("write.timestamp", "server"))
                .job()
                .repetition())
        .isEqualTo(Repetition.SAME);
    assertThat(
            plan(table, "id int, l array<int>, at bigint", Map.of("write.timestamp-column", "at"))
                .job()
                .repetition())
        .isEqualTo(Repetition.NEVER);
    assertThatThrownBy(
            () ->
                plan(
                    table,
                    "id int, s array<int>, f array<int>",
                    Map.of(
                        "write.collection.s",
                        "prepend",
                        "write.collection.f",
                        "append",
                        "write.collection.l",
                        "append",
                        "write.if-not-exists",
                        "true")))
        .hasMessageContaining("column 's' of CQL type set<int> cannot be written by prepend")
        .hasMessageContaining("column 'f' of CQL type frozen<set<int>> cannot be written by append")
        .hasMessageContaining("'write.collection.l' names a column that the table or the data")
        .hasMessageContaining("'write.if-not-exists' writes others only");
  }

  @Test
  void collectsWhatIsWrong() {
    assertThatThrownBy(
            () ->
                plan(
                    TABLE,
                    "v binary, w int, seconds double",
                    Map.of(
                        "write.ttl-column",
                        "seconds",
                        "write.timestamp-column",
                        "at",
                        "write.if",
                        "v = :gone")))
        .hasMessageStartingWith("Cannot write to ks.t: Cannot write column 'v'")
        .hasMessageContaining("it has no column 'w'. Its columns are [id, n, s, v]")
        .hasMessageContaining("'write.ttl-column', is of Spark type double. Cast it to int.")
        .hasMessageContaining("'write.timestamp-column' names column 'at', which the data")
        .hasMessageContaining("option 'write.if' names column 'gone'")
        .hasMessageContaining("column 'id', 'n' is part of the primary key but missing")
        .hasMessageContaining("conditional writes get their write time from the server");
    assertThatThrownBy(() -> plan(table(TableKind.MATERIALIZED_VIEW), "id int", Map.of()))
        .hasMessageContaining("it is a materialized view");
  }

  @Test
  void refusesDataWithAColumnNameTwice() {
    assertThatThrownBy(() -> plan(TABLE, "id int, n int, v int, v int, s int", Map.of()))
        .isInstanceOf(ConnectorThrowable.class)
        .hasMessageStartingWith("Cannot write to ks.t: the data has more than one column 'v'");
  }

  @Test
  void refusesOptionColumnsAndHiddenColumnsGivenTwice() {
    assertThatThrownBy(
            () ->
                plan(
                    TABLE,
                    "id int, n int, ttl int, ttl int, id int",
                    Map.of("write.ttl-column", "ttl")))
        .hasMessageContaining("more than one column 'ttl', 'id'");
  }

  @Test
  void refusesColumnsThatDifferFromTheTablesInCase() {
    assertThatThrownBy(() -> plan(TABLE, "id int, n int, v int, V int", Map.of()))
        .hasMessageContaining("it has no column 'V'");
  }

  @Test
  void neverRepeatsConditionalAdditionsToLists() {
    assertThat(conditionalList(Map.of("write.collection.l", "append"))).isEqualTo(Repetition.NEVER);
    assertThat(conditionalList(Map.of("write.collection.l", "prepend")))
        .isEqualTo(Repetition.NEVER);
    assertThat(conditionalList(Map.of("write.collection.l", "remove")))
        .isEqualTo(Repetition.CHECKED);
    assertThat(conditionalList(Map.of())).isEqualTo(Repetition.CHECKED);
  }

  private static Repetition conditionalList(Map<String, String> options) {
    TableSpec lists =
        table(
            TableKind.TABLE,
            ColumnSpec.of("id", DataTypes.INT, ColumnKind.PARTITION_KEY),
            ColumnSpec.of("l", DataTypes.listOf(DataTypes.INT), ColumnKind.REGULAR));
    Map<String, String> all = new HashMap<>(options);
    all.put("write.if", "EXISTS");
    return plan(lists, "id int, l array<int>", all).job().repetition();
  }

  @Test
  void keepsAWriteTimeThatTheUserFixesToTheMicrosecond() {
    assertThat(plan(TABLE, "id int, n int", Map.of("write.timestamp", "77")).job().send().times())
        .isEqualTo(WriteTimes.at(77));
    assertThat(plan(TABLE, "id int, n int", Map.of()).job().send().times())
        .isEqualTo(WriteTimes.from(1000));
  }
}
