// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.rows;

import static io.ringside.spark.write.rows.SparkRows.array;
import static io.ringside.spark.write.rows.SparkRows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import io.ringside.spark.Tables;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.write.Plans;
import io.ringside.spark.write.send.Mutation;
import io.ringside.spark.write.send.Mutation.RowKey;
import io.ringside.spark.write.send.Repetition;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class RowBinderTest {
  private static final TableSpec TABLE =
      Tables.of("ks.t").key("k int").clustering("c int").statics("s int").regular("v int").build();

  private static final String SCHEMA = "k int, c int, s int, v int";

  private static RowBinder binder(TableSpec table, String schema, Map<String, String> options) {
    return (RowBinder) Plans.of(table, schema, options).binder(PreparedTexts.of(table));
  }

  private static RowBinder binder() {
    return binder(TABLE, SCHEMA, Map.of());
  }

  private static BoundStatement statement(Mutation mutation) {
    assertThat(mutation.statements()).hasSize(1);
    return mutation.statements().get(0);
  }

  @Test
  void bindsEachCellToItsMarker() {
    BoundStatement bound = statement(binder().of(row(1, 2, 3, 4)));
    assertThat(bound.getInt("k")).isEqualTo(1);
    assertThat(bound.getInt("c")).isEqualTo(2);
    assertThat(bound.getInt("s")).isEqualTo(3);
    assertThat(bound.getInt("v")).isEqualTo(4);
  }

  @Test
  void leavesNullsUnset() {
    assertThat(statement(binder().of(row(1, 2, 3, null))).isSet("v")).isFalse();
  }

  @Test
  void bindsNullsWhereTheyDelete() {
    BoundStatement bound =
        statement(binder(TABLE, SCHEMA, Map.of("write.nulls", "tombstone")).of(row(1, 2, 3, null)));
    assertThat(bound.isSet("v")).isTrue();
    assertThat(bound.isNull("v")).isTrue();
  }

  @Test
  void refusesANullInTheKey() {
    assertThatThrownBy(() -> binder().of(row(null, 2, 3, 4)))
        .hasMessageContaining("column 'k' is part of the primary key but null");
  }

  @Test
  void setsStaticColumnsAloneWithoutClusteringColumns() {
    BoundStatement bound = statement(binder().of(row(1, null, 3, null)));
    assertThat(bound.getPreparedStatement().getQuery())
        .isEqualTo("INSERT INTO ks.t (k,s) VALUES (?,?)");
  }

  @Test
  void refusesCellsOfARowWithoutClusteringColumns() {
    assertThatThrownBy(() -> binder().of(row(1, null, 3, 4)))
        .hasMessageContaining("the clustering columns are null");
  }

  @Test
  void tellsTheBytesOfThePartitionKey() {
    assertThat(binder().of(row(1, 2, 3, 4)).partition())
        .isEqualTo(ByteBuffer.allocate(Integer.BYTES).putInt(0, 1));
  }

  @Test
  void composesAPartitionKeyAsTheDriverDoes() {
    TableSpec composite = Tables.of("ks.t").key("a int").key("b text").clustering("c int").build();
    Mutation mutation =
        binder(composite, "a int, b string, c int", Map.of())
            .of(row(7, UTF8String.fromString("two"), 3));
    BoundStatement bound = statement(mutation);
    ByteBuffer[] parts = {bound.getBytesUnsafe("a"), bound.getBytesUnsafe("b")};
    assertThat(mutation.partition()).isEqualTo(bound.setRoutingKey(parts).getRoutingKey());
    assertThat(bound.getRoutingKey()).isEqualTo(mutation.partition());
  }

  @Test
  void tellsRowsOfOneKeyAlike() {
    RowBinder binder = binder();
    RowKey first = binder.of(row(1, 2, 3, 4)).row();
    assertThat(binder.of(row(1, 2, 3, 5)).row()).isEqualTo(first);
    assertThat(binder.of(row(1, 3, 3, 4)).row()).isNotEqualTo(first);
  }

  @Test
  void countsMemoryBesidesTheBytesOfValues() {
    Mutation.Size size = binder().of(row(1, 2, 3, 4)).size();
    assertThat(size.values()).isEqualTo(16);
    assertThat(size.heap()).isBetween(500L, 1000L);
  }

  @Test
  void setsAStaticListOnceForRowsThatFollowOneAnother() {
    TableSpec lists =
        Tables.of("ks.t").key("k int").clustering("c int").statics("l list<int>").build();
    RowBinder binder = binder(lists, "k int, c int, l array<int>", Map.of());
    assertThat(statement(binder.of(row(1, 1, array(7, 8)))).isSet("l")).isTrue();
    assertThat(statement(binder.of(row(1, 2, array(7, 8)))).isSet("l")).isFalse();
    assertThat(statement(binder.of(row(1, 3, array(9)))).isSet("l")).isTrue();
    assertThat(statement(binder.of(row(2, 1, array(9)))).isSet("l")).isTrue();
  }

  @Test
  void saysWhatMayBeDoneOnceMore() {
    TableSpec lists = Tables.of("ks.t").key("k int").regular("l list<int>").build();
    String schema = "k int, l array<int>";
    assertThat(binder().of(row(1, 2, 3, 4)).repetition()).isEqualTo(Repetition.SAME);
    assertThat(binder(lists, schema, Map.of()).of(row(1, array(7))).repetition())
        .isEqualTo(Repetition.LATER);
    assertThat(
            binder(lists, schema, Map.of("write.collection.l", "append"))
                .of(row(1, array(7)))
                .repetition())
        .isEqualTo(Repetition.NEVER);
  }
}
