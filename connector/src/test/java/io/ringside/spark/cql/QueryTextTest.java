// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cql;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.type.DataTypes;
import io.ringside.spark.cql.UpdateQuery.Assignment;
import io.ringside.spark.cql.UpdateQuery.Operator;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableKind;
import io.ringside.spark.schema.TableSpec;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueryTextTest {
  private static final TableSpec PLAIN =
      new TableSpec(
          "shop",
          "orders",
          null,
          TableKind.TABLE,
          List.of(
              ColumnSpec.of("id", DataTypes.UUID, ColumnKind.PARTITION_KEY),
              ColumnSpec.of("line", DataTypes.INT, ColumnKind.CLUSTERING),
              ColumnSpec.of("price", DataTypes.DECIMAL, ColumnKind.REGULAR)));

  private static final TableSpec QUOTED =
      new TableSpec(
          "MiXed",
          "a \"b\"",
          null,
          TableKind.TABLE,
          List.of(
              ColumnSpec.of("select", DataTypes.INT, ColumnKind.PARTITION_KEY),
              ColumnSpec.of("K2", DataTypes.INT, ColumnKind.PARTITION_KEY)));

  @Test
  void readsATokenRange() {
    assertThat(SelectQuery.of(PLAIN, List.of("price", "id")).tokenRange())
        .isEqualTo("SELECT price,id FROM shop.orders WHERE token(id)>? AND token(id)<=?");
  }

  @Test
  void quotesNamesThatNeedIt() {
    assertThat(SelectQuery.of(QUOTED, List.of("K2")).tokenRange())
        .isEqualTo(
            "SELECT \"K2\" FROM \"MiXed\".\"a \"\"b\"\"\""
                + " WHERE token(\"select\",\"K2\")>? AND token(\"select\",\"K2\")<=?");
  }

  @Test
  void insertsARow() {
    assertThat(InsertQuery.of(PLAIN, List.of("id", "line", "price")))
        .isEqualTo("INSERT INTO shop.orders (id,line,price) VALUES (?,?,?)");
    assertThat(InsertQuery.of(PLAIN, List.of("id", "line"), new Using(true, true), true))
        .isEqualTo(
            "INSERT INTO shop.orders (id,line) VALUES (?,?) IF NOT EXISTS"
                + " USING TIMESTAMP ? AND TTL ?");
  }

  @Test
  void updatesARow() {
    assertThat(
            UpdateQuery.of(
                PLAIN,
                new Using(true, true),
                List.of(
                    new Assignment("price", Operator.SET),
                    new Assignment("n", Operator.INCREMENT),
                    new Assignment("a", Operator.APPEND),
                    new Assignment("p", Operator.PREPEND),
                    new Assignment("r", Operator.REMOVE)),
                List.of("id", "line"),
                "price < ?"))
        .isEqualTo(
            "UPDATE shop.orders USING TIMESTAMP ? AND TTL ? SET price=?, n=n+?, a=a+?, p=?+p, r=r-?"
                + " WHERE id=? AND line=? IF price < ?");
  }

  @Test
  void truncatesATable() {
    assertThat(TruncateQuery.of(QUOTED)).isEqualTo("TRUNCATE \"MiXed\".\"a \"\"b\"\"\"");
  }

  @Test
  void findsTheValuesOfAConditionButNotInStringsNamesAndMaps() {
    assertThat(ConditionText.parse("v<:next AND \"a:b\" = ':c''s :d' AND w IN (:x_1,:\"Y \"\"z\")"))
        .isEqualTo(
            new ConditionText(
                "v<? AND \"a:b\" = ':c''s :d' AND w IN (?,?)", List.of("next", "x_1", "Y \"z")));
    assertThat(ConditionText.parse("m = {'a':true, 1:false}").names()).isEmpty();
    assertThat(ConditionText.parse("EXISTS")).isEqualTo(new ConditionText("EXISTS", List.of()));
  }

  @Test
  void changesARow() {
    Using none = Using.NOTHING;
    List<Assignment> price = List.of(new Assignment("price", Operator.SET));
    assertThat(DeleteQuery.ofRows(PLAIN, none, List.of("id")))
        .isEqualTo("DELETE FROM shop.orders WHERE id=?");
    assertThat(UpdateQuery.of(PLAIN, none, price, List.of("id", "line"), null))
        .isEqualTo("UPDATE shop.orders SET price=? WHERE id=? AND line=?");
    assertThat(InsertQuery.of(PLAIN, List.of("id", "line"), none, false))
        .isEqualTo("INSERT INTO shop.orders (id,line) VALUES (?,?)");

    Using timed = new Using(true, true);
    assertThat(DeleteQuery.ofRows(PLAIN, timed, List.of("id", "line")))
        .isEqualTo("DELETE FROM shop.orders USING TIMESTAMP ? WHERE id=? AND line=?");
    assertThat(DeleteQuery.ofCells(PLAIN, timed, List.of("price"), List.of("id", "line")))
        .isEqualTo("DELETE price FROM shop.orders USING TIMESTAMP ? WHERE id=? AND line=?");
    assertThat(UpdateQuery.of(PLAIN, timed, price, List.of("id", "line"), null))
        .isEqualTo(
            "UPDATE shop.orders USING TIMESTAMP ? AND TTL ? SET price=? WHERE id=? AND line=?");
    assertThat(InsertQuery.of(PLAIN, List.of("id", "line"), timed, false))
        .isEqualTo("INSERT INTO shop.orders (id,line) VALUES (?,?) USING TIMESTAMP ? AND TTL ?");
  }

  @Test
  void deletesASlice() {
    CqlValue value = new CqlValue(ByteBuffer.allocate(4));
    assertThat(
            DeleteQuery.ofSlice(
                PLAIN,
                new Using(true, false),
                List.of(
                    new Restriction("line", Restriction.Operator.GREATER, value),
                    new Restriction("line", Restriction.Operator.LESS_OR_EQUAL, value))))
        .isEqualTo("DELETE FROM shop.orders USING TIMESTAMP ? WHERE id=? AND line>? AND line<=?");
  }
}
