// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.change;

import static io.ringside.spark.write.rows.SparkRows.array;
import static io.ringside.spark.write.rows.SparkRows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import io.ringside.spark.Tables;
import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.write.rows.PreparedTexts;
import io.ringside.spark.write.send.Mutation;
import io.ringside.spark.write.send.Repetition;
import io.ringside.spark.write.send.RequestKind;
import io.ringside.spark.write.send.SendPolicy;
import io.ringside.spark.write.send.TaskPlace;
import io.ringside.spark.write.send.WriteTimes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class RowChangesTest {
  private static final TableSpec TABLE =
      Tables.of("ks.t").key("k int").clustering("c int").regular("v int", "w int").build();

  private static final String SCHEMA = "k int, c int, v int, w int";
  private static final long START = 1000;

  private final List<Mutation> out = new ArrayList<>();

  private RowChanges changes(TableSpec table, String schema) {
    ConnectorConfig config = ConnectorConfig.of(List.of(Map.of()), name -> name, warning -> {});
    StructType type = StructType.fromDDL(schema);
    List<ColumnSpec> columns = List.of(type.fieldNames()).stream().map(table::column).toList();
    SendPolicy send =
        new SendPolicy(table, RequestKind.UPSERTS, WriteTimes.from(START + 1), config.write());
    ChangePlan plan =
        new RowChangePlan(
            new Deletions(config.connection(), send, START),
            new StoredRows(columns, type),
            new NewRows(send, type));
    return plan.changes(send.times().clock(TaskPlace.OF_DRIVER), PreparedTexts.of(table), out::add);
  }

  private RowChanges changes() {
    return changes(TABLE, SCHEMA);
  }

  private List<String> texts() {
    return out.stream()
        .map(mutation -> mutation.statements().get(0).getPreparedStatement().getQuery())
        .toList();
  }

  private BoundStatement sent(int index) {
    return out.get(index).statements().get(0);
  }

  @Test
  void writesChangedCellsAlone() {
    changes().update(row(1, 2, 3, 4), row(1, 2, 3, 5));
    assertThat(texts())
        .containsExactly("UPDATE ks.t USING TIMESTAMP ? SET v=?, w=? WHERE k=? AND c=?");
    assertThat(sent(0).isSet("v")).isFalse();
    assertThat(sent(0).getInt("w")).isEqualTo(5);
  }

  @Test
  void writesNothingForARowThatStays() {
    changes().update(row(1, 2, 3, 4), row(1, 2, 3, 4));
    assertThat(out).isEmpty();
  }

  @Test
  void deletesACellThatBecomesNull() {
    changes().update(row(1, 2, 3, 4), row(1, 2, null, 4));
    assertThat(sent(0).isSet("v")).isTrue();
    assertThat(sent(0).isNull("v")).isTrue();
  }

  @Test
  void movesARowByADeletionAndALaterInsert() {
    changes().update(row(1, 2, 3, 4), row(1, 7, 3, 4));
    assertThat(texts())
        .containsExactly(
            "DELETE FROM ks.t USING TIMESTAMP ? WHERE k=? AND c=?",
            "INSERT INTO ks.t (k,c,v,w) VALUES (?,?,?,?) USING TIMESTAMP ?");
    assertThat(sent(0).getLong("[timestamp]")).isEqualTo(START);
    assertThat(sent(1).getLong("[timestamp]")).isGreaterThan(START);
  }

  @Test
  void givesEachRowALaterTimeThanTheOneBefore() {
    RowChanges changes = changes();
    changes.insert(row(1, 2, 3, 4));
    changes.insert(row(1, 2, 4, 3));
    assertThat(sent(1).getLong("[timestamp]")).isGreaterThan(sent(0).getLong("[timestamp]"));
  }

  @Test
  void leavesNullsOfAnInsertUnset() {
    changes().insert(row(1, 2, null, 4));
    assertThat(sent(0).isSet("v")).isFalse();
  }

  @Test
  void deletesARowByItsKey() {
    changes().delete(row(1, 2, 3, 4));
    assertThat(texts()).containsExactly("DELETE FROM ks.t USING TIMESTAMP ? WHERE k=? AND c=?");
  }

  @Test
  void refusesRowsThatBecomeOne() {
    RowChanges changes = changes();
    changes.update(row(1, 1, 1, 9), row(1, 7, 1, 9));
    assertThatThrownBy(() -> changes.update(row(1, 2, 5, 2), row(1, 7, 5, 2)))
        .hasMessageContaining("several rows would get the same key (k, c) and become one");
  }

  @Test
  void refusesAnInsertOntoAnUpdatedRow() {
    RowChanges changes = changes();
    changes.update(row(1, 2, 3, 4), row(1, 2, 3, 5));
    assertThatThrownBy(() -> changes.insert(row(1, 2, 8, 8))).hasMessageContaining("become one");
  }

  @Test
  void refusesToMoveARowWithAColumnThatSparkDoesNotSee() {
    RowChanges changes = changes(TABLE, "k int, c int, v int");
    assertThatThrownBy(() -> changes.update(row(1, 2, 3), row(1, 7, 3)))
        .hasMessageContaining("lose its column 'w', which has no type in Spark");
    assertThat(out).isEmpty();
  }

  @Test
  void maySendAgainWhatLeavesAListAlone() {
    TableSpec lists =
        Tables.of("ks.t").key("k int").clustering("c int").regular("v int", "l list<int>").build();
    RowChanges changes = changes(lists, "k int, c int, v int, l array<int>");
    changes.update(row(1, 2, 3, array(1)), row(1, 2, 4, array(1)));
    changes.update(row(1, 3, 3, array(1)), row(1, 3, 3, array(2)));
    changes.update(row(1, 4, 3, array(1)), row(1, 4, 3, null));
    assertThat(out)
        .extracting(Mutation::repetition)
        .containsExactly(Repetition.SAME, Repetition.LATER, Repetition.SAME);
  }

  @Test
  void movesTheTimesOfUpsertsAndNotOfDeletions() {
    RowChanges changes = changes();
    changes.delete(row(1, 2, 3, 4));
    changes.insert(row(1, 3, 3, 4));
    assertThat(out.get(0).timeMarker()).isEqualTo(Mutation.NO_MARKER);
    assertThat(out.get(1).timeMarker()).isEqualTo(4);
  }
}
