// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.predicate;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import io.ringside.spark.ring.RingRange;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.ServerFeatures;
import io.ringside.spark.schema.TableKind;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.types.DecimalTypes;
import io.ringside.spark.types.TokenName;
import io.ringside.spark.types.TypeMapping;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.UserDefinedScalarFunc;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.junit.jupiter.api.Test;

class TokenPushdownTest {
  private static final TableSpec TABLE = table(new ServerFeatures(true, true));

  private static TableSpec table(ServerFeatures features) {
    return new TableSpec(
        "ks",
        "t",
        null,
        TableKind.TABLE,
        List.of(
            column("a", DataTypes.INT, ColumnKind.PARTITION_KEY),
            column("b", DataTypes.UUID, ColumnKind.PARTITION_KEY),
            column("v", DataTypes.INT, ColumnKind.REGULAR)),
        List.of(),
        features);
  }

  private static ColumnSpec column(String name, DataType type, ColumnKind kind) {
    return ColumnSpec.of(name, type, kind);
  }

  private static Expression token(List<ColumnSpec> key, String... columns) {
    return new UserDefinedScalarFunc(
        "token",
        TokenName.canonical(key),
        Arrays.stream(columns).map(Expressions::column).toArray(Expression[]::new));
  }

  private static Pushdown pushdown(TableSpec table, String operator, Expression left) {
    Predicate predicate = new Predicate(operator, new Expression[] {left, Expressions.literal(5L)});
    return PredicatePushdown.of(
        table,
        TypeMapping.schema(table, DecimalTypes.defaults()),
        List.of(predicate),
        100,
        Reach.INDEX);
  }

  @Test
  void restrictsTokensByTheHiddenColumn() {
    Pushdown pushdown = pushdown(TABLE, ">", Expressions.column("_token"));
    assertThat(pushdown.tokens()).containsExactly(RingRange.of(5, Long.MAX_VALUE));
    assertThat(pushdown.residual()).isEmpty();
    assertThat(pushdown.pushed()).hasSize(1);
    assertThat(pushdown(table(ServerFeatures.NONE), ">", Expressions.column("_token")).tokens())
        .isNull();
  }

  @Test
  void restrictsTokensByACallOnTheKeyAlone() {
    List<ColumnSpec> key = TABLE.partitionKey();
    assertThat(pushdown(TABLE, "<=", token(key, "a", "b")).tokens())
        .containsExactly(RingRange.of(Long.MIN_VALUE, 5));
    List<ColumnSpec> texts =
        List.of(
            column("a", DataTypes.INT, ColumnKind.PARTITION_KEY),
            column("b", DataTypes.TEXT, ColumnKind.PARTITION_KEY));
    for (Expression other :
        List.of(
            token(key, "b", "a"), token(key, "a"), token(key, "a", "v"), token(texts, "a", "b"))) {
      Pushdown pushdown = pushdown(TABLE, "<=", other);
      assertThat(pushdown.tokens()).isNull();
      assertThat(pushdown.residual()).hasSize(1);
      assertThat(pushdown.pushed()).isEmpty();
    }
  }

  @Test
  void doesNotDeleteByKeyWhereTokensAreCompared() {
    Predicate key =
        new Predicate("=", new Expression[] {Expressions.column("a"), Expressions.literal(1)});
    Predicate token =
        new Predicate(
            ">", new Expression[] {Expressions.column("_token"), Expressions.literal(1L)});
    TableSpec single =
        new TableSpec(
            "ks",
            "t",
            null,
            TableKind.TABLE,
            List.of(column("a", DataTypes.INT, ColumnKind.PARTITION_KEY)),
            List.of(),
            new ServerFeatures(true, true));
    var schema = TypeMapping.schema(single, DecimalTypes.defaults());
    assertThat(SlicePushdown.of(single, schema, List.of(key))).isNotNull();
    assertThat(SlicePushdown.of(single, schema, List.of(key, token))).isNull();
  }
}
