// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.predicate;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringside.spark.Tables;
import io.ringside.spark.schema.IndexSpec;
import io.ringside.spark.schema.IndexSpec.Answer;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.types.DecimalTypes;
import io.ringside.spark.types.TypeMapping;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.types.Decimal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Why predicates stay with Spark. */
class RefusalsTest {
  private static final TableSpec TABLE =
      Tables.of("ks.t")
          .key("p varint", "q text")
          .clustering("c int")
          .statics("s int")
          .regular("v int", "t text", "f float", "n decimal", "u uuid", "l list<int>", "long text")
          .indexes(
              new IndexSpec("by_t", "t", Answer.DIFFERENT, Answer.DIFFERENT),
              new IndexSpec("by_f", "f", Answer.EXACT, Answer.DIFFERENT),
              new IndexSpec("by_n", "n", Answer.DIFFERENT, Answer.UNUSED),
              new IndexSpec("by_s", "s", Answer.DIFFERENT, Answer.DIFFERENT),
              new IndexSpec("by_q", "q", Answer.DIFFERENT, Answer.DIFFERENT),
              new IndexSpec("by_long", "long", Answer.EXACT, Answer.UNUSED))
          .build();

  private static Predicate p(String column, String operator, @Nullable Object... values) {
    return new SparkExpressions(TABLE).compare(column, operator, values);
  }

  private static Pushdown push(Reach reach, Predicate... predicates) {
    return PredicatePushdown.of(
        TABLE,
        TypeMapping.schema(TABLE, DecimalTypes.defaults()),
        Arrays.asList(predicates),
        100,
        reach);
  }

  static Stream<Arguments> refused() {
    String otherwise = "' compares otherwise than Spark";
    return Stream.of(
        Arguments.of(p("t", "=", "a"), "index 'by_t" + otherwise),
        Arguments.of(p("t", "IN", "a", "b"), "index 'by_t" + otherwise),
        Arguments.of(p("t", ">", "a"), "index 'by_t" + otherwise),
        Arguments.of(p("f", "<", 1f), "index 'by_f" + otherwise),
        Arguments.of(p("n", "=", Decimal.apply(2)), "index 'by_n" + otherwise),
        Arguments.of(p("s", "=", 1), "index 'by_s" + otherwise),
        Arguments.of(p("f", "=", 0f), "NaN and zero are stored in several ways"),
        Arguments.of(
            p("u", "<", "x"), "Cassandra orders uuid otherwise than Spark orders its text"),
        Arguments.of(p("v", "IN", 1, 2), "CQL has IN for key columns only, from the first on"),
        Arguments.of(p("v", "<>", 1), "CQL compares a column with literals only"),
        Arguments.of(p("v", "IS_NOT_NULL"), "CQL has no IS NOT NULL"),
        Arguments.of(
            p("long", "=", "x".repeat(1_025)),
            "an index may leave out values of more than 1024 bytes"),
        Arguments.of(p("q", "=", "x"), "only = or IN on the whole partition key is looked up"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void staysWithSpark(Predicate predicate, String reason) {
    Pushdown pushdown = push(Reach.FILTERING, predicate);
    assertThat(pushdown.residual()).containsExactly(predicate);
    assertThat(pushdown.refusals())
        .containsExactly(new Refusal(PredicateText.of(predicate), reason));
    assertThat(pushdown.restrictions()).isEmpty();
    assertThat(pushdown.filtering()).isFalse();
  }

  static Stream<Predicate> served() {
    return Stream.of(
        p("f", "=", 1f),
        p("n", "<", Decimal.apply(2)),
        p("v", "<", 2),
        p("long", "=", "x".repeat(1_024)),
        p("long", ">", "x"),
        p("c", "=", 2));
  }

  @ParameterizedTest
  @MethodSource("served")
  void isEvaluatedByTheServer(Predicate predicate) {
    Pushdown pushdown = push(Reach.FILTERING, predicate);
    assertThat(pushdown.pushed()).containsExactly(predicate);
    assertThat(pushdown.refusals()).isEmpty();
  }

  @Test
  void looksUpNoKeyThatMayHaveOtherBytes() {
    Pushdown pushdown = push(Reach.FILTERING, p("p", "=", Decimal.apply(5)), p("q", "=", "x"));
    assertThat(pushdown.access()).isInstanceOf(Access.Ring.class);
    assertThat(pushdown.refusals())
        .extracting(Refusal::reason)
        .containsOnly("equal values of 'p' may be different keys in Cassandra");
  }

  @Test
  void saysOnceWhyAColumnIsNotCompared() {
    Pushdown pushdown = push(Reach.FILTERING, p("t", "IS_NOT_NULL"), p("t", "=", "a"));
    assertThat(pushdown.residual()).hasSize(2);
    assertThat(pushdown.refusals()).hasSize(1);
  }

  @Test
  void saysThatFilteringIsSwitchedOff() {
    assertThat(push(Reach.INDEX, p("v", "=", 1)).refusals())
        .extracting(Refusal::reason)
        .containsExactly(
            "it needs ALLOW FILTERING, which read.allow-filtering does not let it have here");
  }

  @Test
  void deletesByKeyWhateverIndexesTheTableHas() {
    TableSpec table =
        Tables.of("ks.t")
            .key("p int")
            .clustering("c text")
            .indexes(new IndexSpec("by_c", "c", Answer.DIFFERENT, Answer.DIFFERENT))
            .build();
    SparkExpressions on = new SparkExpressions(table);
    assertThat(
            SlicePushdown.of(
                table,
                TypeMapping.schema(table, DecimalTypes.defaults()),
                List.of(on.compare("p", "=", 1), on.compare("c", "=", "x"))))
        .isNotNull();
  }

  @Test
  void warnsOfTextsThatSparkNeverShows() {
    String upper = "123E4567-E89B-42D3-A456-426614174000";
    Pushdown pushdown = push(Reach.FILTERING, p("u", "=", upper));
    assertThat(pushdown.access()).isInstanceOf(Access.Nothing.class);
    assertThat(pushdown.warnings())
        .containsExactly(
            "No row of ks.t has u = '"
                + upper
                + "': Spark sees each value of CQL type uuid as one text, as docs/types.md says,"
                + " and no value as this one. Write the literal as Spark shows the value.");
  }

  @Test
  void leavesOutCellsWithoutBytesBelowABound() {
    assertThat(push(Reach.FILTERING, p("v", "<", 2)).restrictions())
        .extracting(r -> r.column() + " " + r.operator() + " " + r.value().size())
        .containsExactly("v GREATER_OR_EQUAL 4", "v LESS 4");
    assertThat(push(Reach.FILTERING, p("n", "<=", Decimal.apply(2))).restrictions())
        .extracting(r -> r.column() + " " + r.operator())
        .containsExactly("n GREATER", "n LESS_OR_EQUAL");
    assertThat(push(Reach.FILTERING, p("long", "<", "x")).restrictions())
        .extracting(r -> r.column() + " " + r.operator())
        .containsExactly("long LESS");
  }
}
