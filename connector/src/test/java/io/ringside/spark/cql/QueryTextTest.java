// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cql;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.type.DataTypes;
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
    assertThat(InsertQuery.withTtl(PLAIN, List.of("id", "line")))
        .isEqualTo("INSERT INTO shop.orders (id,line) VALUES (?,?) USING TTL ?");
  }

  @Test
  void changesARow() {
    ChangeQuery plain = new ChangeQuery(PLAIN, false, false);
    assertThat(plain.delete(List.of("id"))).isEqualTo("DELETE FROM shop.orders WHERE id=?");
    assertThat(plain.update(List.of("price"), List.of("id", "line")))
        .isEqualTo("UPDATE shop.orders SET price=? WHERE id=? AND line=?");
    assertThat(plain.insert(List.of("id", "line")))
        .isEqualTo("INSERT INTO shop.orders (id,line) VALUES (?,?)");

    ChangeQuery timed = new ChangeQuery(PLAIN, true, true);
    assertThat(timed.delete(List.of("id", "line")))
        .isEqualTo("DELETE FROM shop.orders USING TIMESTAMP ? WHERE id=? AND line=?");
    assertThat(timed.deleteCells(List.of("price"), List.of("id", "line")))
        .isEqualTo("DELETE price FROM shop.orders USING TIMESTAMP ? WHERE id=? AND line=?");
    assertThat(timed.update(List.of("price"), List.of("id", "line")))
        .isEqualTo(
            "UPDATE shop.orders USING TIMESTAMP ? AND TTL ? SET price=? WHERE id=? AND line=?");
    assertThat(timed.insert(List.of("id", "line")))
        .isEqualTo("INSERT INTO shop.orders (id,line) VALUES (?,?) USING TIMESTAMP ? AND TTL ?");
  }

  @Test
  void deletesASlice() {
    CqlValue value = new CqlValue(ByteBuffer.allocate(4));
    assertThat(
            new ChangeQuery(PLAIN, true, false)
                .deleteSlice(
                    List.of(
                        new Restriction("line", Restriction.Operator.GREATER, value),
                        new Restriction("line", Restriction.Operator.LESS_OR_EQUAL, value))))
        .isEqualTo("DELETE FROM shop.orders USING TIMESTAMP ? WHERE id=? AND line>? AND line<=?");
  }
}
