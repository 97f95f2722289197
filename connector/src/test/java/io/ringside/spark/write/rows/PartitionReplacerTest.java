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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.junit.jupiter.api.Test;

/** Rows of jobs that started at 1,000 microseconds after the epoch. */
class PartitionReplacerTest {
  private static final TableSpec TABLE =
      Tables.of("ks.t").key("a int").key("b text").clustering("c int").regular("v int").build();

  private static final String SCHEMA = "v int, b string, c int, a int";

  private static List<Mutation> mutations(TableSpec table, String schema, InternalRow... rows) {
    RowToMutation replacer =
        Plans.replacing(table, schema, Map.of()).binder(PreparedTexts.of(table));
    List<Mutation> mutations = new ArrayList<>();
    for (InternalRow row : rows) {
      Mutation mutation = replacer.of(row);
      if (mutation != null) {
        mutations.add(mutation);
      }
    }
    Mutation last = replacer.last();
    if (last != null) {
      mutations.add(last);
    }
    assertThat(replacer.last()).isNull();
    return mutations;
  }

  private static BoundStatement deletion(Mutation mutation) {
    return Objects.requireNonNull(mutation.deletion());
  }

  private static List<Integer> values(List<Mutation> mutations) {
    return mutations.stream().map(one -> one.statements().get(0).getInt("v")).toList();
  }

  @Test
  void deletesThePartitionOneMicrosecondBeforeTheJobsTime() {
    Mutation mutation = mutations(TABLE, SCHEMA, row(1, "b", 2, 3)).get(0);
    BoundStatement deletion = deletion(mutation);
    assertThat(deletion.getPreparedStatement().getQuery())
        .isEqualTo("DELETE FROM ks.t USING TIMESTAMP ? WHERE a=? AND b=?");
    assertThat(deletion.getLong("[timestamp]")).isEqualTo(999);
    assertThat(deletion.getInt("a")).isEqualTo(3);
    assertThat(deletion.getString("b")).isEqualTo("b");
    assertThat(deletion.getRoutingKey()).isEqualTo(mutation.partition());
  }

  @Test
  void deletesEachPartitionWithItsOwnRows() {
    List<Mutation> mutations =
        mutations(
            TABLE,
            SCHEMA,
            row(1, "b", 1, 3),
            row(2, "b", 2, 3),
            row(3, "c", 1, 3),
            row(4, "b", 1, 3));
    assertThat(mutations.stream().map(one -> deletion(one).getString("b")))
        .containsExactly("b", "b", "c", "b");
    assertThat(deletion(mutations.get(0))).isSameAs(deletion(mutations.get(1)));
  }

  @Test
  void writesTheLastRowOfAKeyAlone() {
    assertThat(
            values(
                mutations(
                    TABLE,
                    SCHEMA,
                    row(1, "b", 1, 3),
                    row(2, "b", 1, 3),
                    row(3, "b", 1, 3),
                    row(4, "b", 2, 3),
                    row(5, "c", 2, 3),
                    row(6, "c", 2, 3))))
        .containsExactly(3, 4, 6);
  }

  @Test
  void writesEachRowThatSetsAListAsItsTimesAreNotTheSame() {
    TableSpec lists =
        Tables.of("ks.t").key("k int").clustering("c int").regular("l list<int>", "v int").build();
    assertThat(
            values(
                mutations(
                    lists,
                    "k int, c int, l array<int>, v int",
                    row(1, 1, array(1), 1),
                    row(1, 1, array(2), 2))))
        .containsExactly(1, 2);
  }

  @Test
  void hasNothingToWriteWithoutRows() {
    assertThat(mutations(TABLE, SCHEMA)).isEmpty();
  }

  @Test
  void refusesANullInTheKey() {
    assertThatThrownBy(() -> mutations(TABLE, SCHEMA, row(1, null, 2, 3)))
        .hasMessageContaining("column 'b' is part of the primary key but null");
  }
}
