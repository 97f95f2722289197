// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.predicate;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import io.ringside.spark.cql.PartitionSlices;
import io.ringside.spark.cql.Restriction;
import io.ringside.spark.cql.RowLimits;
import io.ringside.spark.cql.SelectQuery;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.IndexSpec;
import io.ringside.spark.schema.TableKind;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.types.DecimalTypes;
import io.ringside.spark.types.TypeMapping;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.connector.expressions.filter.AlwaysTrue;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PredicatePushdownTest {
  private static ColumnSpec column(String name, DataType type, ColumnKind kind) {
    return ColumnSpec.of(name, type, kind);
  }

  private static final TableSpec TABLE =
      new TableSpec(
          "ks",
          "t",
          null,
          TableKind.TABLE,
          List.of(
              column("p1", DataTypes.INT, ColumnKind.PARTITION_KEY),
              column("p2", DataTypes.TEXT, ColumnKind.PARTITION_KEY),
              column("c1", DataTypes.INT, ColumnKind.CLUSTERING),
              column("c2", DataTypes.TIMESTAMP, ColumnKind.CLUSTERING),
              column("v", DataTypes.INT, ColumnKind.REGULAR),
              column("u", DataTypes.UUID, ColumnKind.REGULAR),
              column("d", DataTypes.DOUBLE, ColumnKind.REGULAR),
              column("indexed", DataTypes.INT, ColumnKind.REGULAR)),
          List.of(
              new IndexSpec(
                  "by_indexed", "indexed", IndexSpec.Answer.EXACT, IndexSpec.Answer.UNUSED)));

  private record Value(@Nullable Object value, org.apache.spark.sql.types.DataType dataType)
      implements Literal<Object> {
    @Override
    @SuppressWarnings("NullAway") // A null literal has a null value.
    public Object value() {
      return value;
    }

    @Override
    public Expression[] children() {
      return new Expression[0];
    }
  }

  private static Value literal(String column, @Nullable Object value) {
    ColumnSpec spec = TABLE.column(column);
    assertThat(spec).isNotNull();
    return spec == null
        ? new Value(value, org.apache.spark.sql.types.DataTypes.NullType)
        : new Value(
            value instanceof String text ? UTF8String.fromString(text) : value,
            TypeMapping.sparkType(spec, DecimalTypes.defaults()));
  }

  private static Predicate p(String column, String operator, @Nullable Object... values) {
    Expression[] children = new Expression[values.length + 1];
    children[0] = Expressions.column(column);
    for (int i = 0; i < values.length; i++) {
      children[i + 1] = literal(column, values[i]);
    }
    return new Predicate(operator, children);
  }

  private static Pushdown push(boolean mayFilter, Predicate... predicates) {
    return PredicatePushdown.of(
        TABLE,
        TypeMapping.schema(TABLE, DecimalTypes.defaults()),
        Arrays.asList(predicates),
        100,
        mayFilter ? Reach.FILTERING : Reach.INDEX);
  }

  private static String cql(Pushdown pushdown) {
    SelectQuery query =
        new SelectQuery(
            TABLE,
            SelectQuery.of(TABLE, List.of("v")).selections(),
            pushdown.restrictions(),
            List.of(),
            List.of(),
            RowLimits.NONE,
            pushdown.filtering());
    String text = pushdown.key() == null ? query.tokenRange() : query.partition();
    return text.replace("SELECT v FROM ks.t WHERE ", "")
        .replace("token(p1,p2)>? AND token(p1,p2)<=?", "RANGE");
  }

  @Test
  void scansTheRingWithoutTheWholeKey() {
    Pushdown pushdown = push(false, p("p1", "=", 1), p("c1", ">", 2), p("v", "=", 3));
    assertThat(cql(pushdown)).isEqualTo("RANGE");
    assertThat(pushdown.pushed()).isEmpty();
    assertThat(pushdown.residual()).hasSize(3);
  }

  @Test
  void filtersInTheServerWhereItMay() {
    Pushdown pushdown =
        push(true, p("p1", "=", 1), p("c1", ">", 2), p("v", "=", 3), p("v", "IS_NOT_NULL"));
    assertThat(cql(pushdown)).isEqualTo("RANGE AND c1>? AND v=? ALLOW FILTERING");
    assertThat(pushdown.residual()).containsExactly(p("p1", "=", 1));
  }

  @Test
  void looksUpEveryCombinationOfKeyValuesOnce() {
    Pushdown pushdown =
        push(false, p("p1", "IN", 1, 2, 2, null), p("p2", "IN", "a", "b", "a"), p("p1", "<", 2));
    assertThat(cql(pushdown)).isEqualTo("p1=? AND p2=?");
    assertThat(pushdown.keys()).isEqualTo(2);
    assertThat(pushdown.residual()).isEmpty();
  }

  @Test
  void scansWhenThereAreTooManyKeys() {
    Object[] many = new Object[60];
    Arrays.setAll(many, i -> i);
    Pushdown pushdown = push(false, p("p1", "IN", many), p("p2", "IN", "a", "b"));
    assertThat(pushdown.key()).isNull();
    assertThat(pushdown.residual()).hasSize(2);
  }

  @Test
  void restrictsClusteringColumnsUpToTheFirstRange() {
    Predicate[] key = {p("p1", "=", 1), p("p2", "=", "a")};
    assertThat(cql(push(false, key[0], key[1], p("c1", "=", 1), p("c2", ">=", 1000L))))
        .isEqualTo("p1=? AND p2=? AND c1=? AND c2>=?");
    assertThat(cql(push(false, key[0], key[1], p("c1", "IN", 1, 2), p("c2", "=", 1000L))))
        .isEqualTo("p1=? AND p2=? AND c1 IN ? AND c2=?");
    Pushdown gap = push(false, key[0], key[1], p("c1", ">", 1), p("c2", "=", 1000L));
    assertThat(cql(gap)).isEqualTo("p1=? AND p2=? AND c1>?");
    assertThat(gap.residual()).containsExactly(p("c2", "=", 1000L));
  }

  @Test
  void mergesBoundsAndFindsContradictions() {
    assertThat(cql(push(true, p("v", ">", 1), p("v", ">=", 2), p("v", "<", 9), p("v", "<=", 8))))
        .isEqualTo("RANGE AND v>=? AND v<=? ALLOW FILTERING");
    assertThat(push(true, p("v", ">", 5), p("v", "<", 5)).empty()).isTrue();
    assertThat(push(true, p("v", ">", 5), p("v", "=", 5)).empty()).isTrue();
    assertThat(push(true, p("p1", "=", 5), p("p1", "=", 6)).empty()).isTrue();
    assertThat(push(true, p("v", ">=", 5), p("v", "<=", 5)).empty()).isFalse();
  }

  @Test
  void roundsTimestampBoundsToWholeMilliseconds() {
    assertThat(operators(push(true, p("c2", ">=", 1500L)))).containsExactly("c2 GREATER 1");
    assertThat(operators(push(true, p("c2", ">", 1500L)))).containsExactly("c2 GREATER 1");
    assertThat(operators(push(true, p("c2", "<", 1500L)))).contains("c2 LESS_OR_EQUAL 1");
    assertThat(operators(push(true, p("c2", "<", 2000L)))).contains("c2 LESS 2");
    assertThat(operators(push(true, p("c2", "<=", -500L)))).contains("c2 LESS_OR_EQUAL -1");
    assertThat(push(true, p("c2", "=", 1500L)).empty()).isTrue();
  }

  private static List<String> operators(Pushdown pushdown) {
    return pushdown.restrictions().stream()
        .map(
            (Restriction r) -> r.column() + " " + r.operator() + " " + r.value().buffer().getLong())
        .toList();
  }

  @Test
  void keepsFromCassandraWhatItComparesOtherwise() {
    assertThat(push(true, p("u", "<", "123e4567-e89b-42d3-a456-426614174000")).pushed()).isEmpty();
    assertThat(push(true, p("d", "=", Double.NaN)).pushed()).isEmpty();
    assertThat(push(true, p("d", ">=", -0.0)).pushed()).isEmpty();
    assertThat(push(true, p("u", "=", "123E4567-E89B-42D3-A456-426614174000")).empty()).isTrue();
    assertThat(push(true, p("v", "<>", 1)).pushed()).isEmpty();
  }

  @Test
  void usesAnIndexWhereFilteringIsNotAllowed() {
    assertThat(cql(push(false, p("indexed", "=", 1)))).isEqualTo("RANGE AND indexed=?");
    assertThat(cql(push(false, p("indexed", ">", 1)))).isEqualTo("RANGE");
  }

  @Test
  void readsTheLiteralOnEitherSide() {
    Predicate mirrored =
        new Predicate("<", new Expression[] {literal("v", 3), Expressions.column("v")});
    assertThat(cql(push(true, mirrored))).isEqualTo("RANGE AND v>? ALLOW FILTERING");
  }

  private static @Nullable String slices(Predicate... predicates) {
    PartitionSlices slices =
        SlicePushdown.of(
            TABLE, TypeMapping.schema(TABLE, DecimalTypes.defaults()), Arrays.asList(predicates));
    return slices == null
        ? null
        : slices.keys().size()
            + " "
            + slices.restrictions().stream().map(r -> r.column() + " " + r.operator()).toList();
  }

  @Test
  void namesSlicesOnlyWhereTheySayAllOfThePredicates() {
    Predicate p1 = p("p1", "IN", 1, 2);
    Predicate p2 = p("p2", "=", "a");
    assertThat(slices(p1, p2)).isEqualTo("2 []");
    assertThat(slices(p1, p2, p("c1", "=", 1), p("c2", ">", 1000L)))
        .isEqualTo("2 [c1 EQUAL, c2 GREATER]");
    assertThat(slices(p1, p2, p("c1", "IN", 1, 2))).isEqualTo("2 [c1 IN]");
    assertThat(slices(p1, p2, p("p1", "=", 3))).isEqualTo("0 []");
    assertThat(slices(p1)).isNull();
    assertThat(slices(p1, p2, p("v", "=", 1))).isNull();
    assertThat(slices(p1, p2, p("indexed", "=", 1))).isNull();
    assertThat(slices(p1, p2, p("c2", "=", 1000L))).isNull();
    assertThat(slices(p1, p2, p("c1", ">", 1), p("c2", "=", 1000L))).isNull();
    assertThat(slices(p1, p2, new AlwaysTrue())).isNull();
    assertThat(slices()).isNull();
  }
}
