// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringside.spark.Tables;
import io.ringside.spark.schema.TableSpec;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class KeyOrderTest {
  private static List<String> order(TableSpec table, String schema) {
    return Arrays.stream(KeyOrder.of(table, StructType.fromDDL(schema)))
        .map(sort -> sort.expression() + " " + sort.direction())
        .toList();
  }

  @Test
  void followsTheTablesOwnOrder() {
    TableSpec table =
        Tables.of("ks.t").key("k int").clustering("c int desc", "d int").regular("v int").build();
    assertThat(order(table, "v int, d int, c int, k int"))
        .containsExactly("k ASC", "c DESC", "d ASC");
  }

  @Test
  void ordersRowsOfOneKeyByTheirOtherColumns() {
    TableSpec table =
        Tables.of("ks.t")
            .key("k int")
            .clustering("c int desc")
            .regular("m map<int, int>", "v int")
            .build();
    String schema = "v int, m map<int, int>, `t``l` int, c int, k int";
    assertThat(
            Arrays.stream(KeyOrder.complete(table, StructType.fromDDL(schema)))
                .map(sort -> sort.expression() + " " + sort.direction()))
        .containsExactly("k ASC", "c DESC", "v ASC", "`t``l` ASC");
  }

  @Test
  void leavesOutWhatTheDataDoesNotHave() {
    TableSpec table = Tables.of("ks.t").key("k int").clustering("c int").statics("s int").build();
    assertThat(order(table, "k int, s int")).containsExactly("k ASC");
  }

  @Test
  void endsBeforeAColumnThatSparkCannotSortBy() {
    TableSpec table =
        Tables.of("ks.t")
            .key("k int")
            .clustering("m frozen<map<int, int>>", "d int")
            .regular("v int")
            .build();
    assertThat(order(table, "k int, m map<int, int>, d int, v int")).containsExactly("k ASC");
  }
}
